"""The rules of trade that no race may break: an end is an end, and every race has one winner (G6, G7, I1, I3–I5)."""

from collections import Counter
from collections.abc import Iterator

from tests.faults.checker.digest import Digest, Finding
from tests.faults.checker.fold import ENDED, OFFER_ENDS
from tests.faults.checker.history import Json

PARTIES = ("buyer", "seller")
SILENT_STATES = ("delivered", "frozen", "expired")


def final(digest: Digest) -> Iterator[Finding]:
    """After the thread's end nothing of a party but reviews; after the order's end no step; silence where ordered."""
    for thread, log in digest.logs():
        closed = ended = False
        state = "pending"
        for entry in log:
            kind, by_party = entry["kind"], entry["by"]["role"] in PARTIES
            if closed and by_party and not kind.startswith("review."):
                yield Finding("not final", thread, f"{entry['seq']} is a {kind} after the thread was closed")
            if ended and kind in ("order.changed", "payment.held"):
                yield Finding("not final", thread, f"{entry['seq']} is a {kind} after the order's end")
            if kind == "message" and by_party and state in SILENT_STATES:
                yield Finding("not final", thread, f"{entry['seq']} is a message in {state}")
            closed = closed or kind == "thread.closed"
            if kind == "order.changed":
                state = entry["to"]
                ended = ended or state in ENDED


def winners(digest: Digest) -> Iterator[Finding]:
    """Every offer ends once, a thread is left once, an order's steps are one chain that each step expected."""
    for thread, log in digest.logs():
        ends = Counter(entry["offer"] for entry in log if entry["kind"] in OFFER_ENDS)
        for offer, times in ends.items():
            if times > 1:
                yield Finding("two winners", thread, f"offer {offer} ended {times} times")
        for kind in ("party.left", "thread.closed", "thread.opened"):
            if sum(entry["kind"] == kind for entry in log) > 1:
                yield Finding("two winners", thread, f"{kind} more than once")
        yield from _chain(digest, thread, [entry for entry in log if entry["kind"] == "order.changed"])


def _chain(digest: Digest, thread: str, steps: list[Json]) -> Iterator[Finding]:
    state, version = "pending", None
    for step in steps:
        if step["from"] != state:
            yield Finding("two winners", thread, f"{step['seq']} leads from {step['from']}, the order was {state}")
        if version is not None and step["order_version"] <= version:
            yield Finding("two winners", thread, f"{step['seq']} has version {step['order_version']} after {version}")
        user = step["by"].get("user")
        for asked in (digest.asked.get((user, each)) for each in _commands(digest, thread, step)):
            expect = asked.frame.get("expect") if asked else None
            if version is not None and expect is not None and expect != version:
                yield Finding("two winners", thread, f"{step['seq']} expected {expect}, the version was {version}")
        state, version = step["to"], step["order_version"]


def _commands(digest: Digest, thread: str, step: Json) -> list[str]:
    """The command behind it, which only its author's view tells."""
    for user, log in digest.final.views[thread].items():
        if user == step["by"].get("user"):
            return [entry["command"] for entry in log if entry["seq"] == step["seq"] and "command" in entry]
    return []
