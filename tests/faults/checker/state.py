"""Snapshots and money against the log: what is told beside the log is what the log comes to (I5, I14)."""

from collections.abc import Iterator

from tests.faults.checker.digest import Digest, Finding
from tests.faults.checker.fold import ENDED, State
from tests.faults.checker.history import Json


def snapshots(digest: Digest) -> Iterator[Finding]:
    """A snapshot is the log up to `as_of`; a snapshot and the entries after it are every later snapshot."""
    for thread, log in digest.logs():
        seen = digest.snapshots.get(thread, []) + digest.final.snapshots.get(thread, [])
        found = sorted(seen, key=lambda each: int(each["as_of"]))
        if not found or not log:
            continue
        state, upto = State(), 0
        for snapshot in found:
            if snapshot["as_of"] > len(log):
                yield Finding("snapshot", thread, f"as of {snapshot['as_of']}, the log has {len(log)}")
                break
            for entry in log[upto : snapshot["as_of"]]:
                state.take(entry)
            upto = snapshot["as_of"]
            shown = State.of_snapshot(snapshot).shown()
            if state.version is None:
                # No step yet: the first version is the server's to choose, and then it stays.
                state.version = shown["version"]
            for key, value in state.shown().items():
                if shown[key] != value:
                    yield Finding("snapshot", thread, f"as of {upto}: {key} is {shown[key]}, the log says {value}")


def ledger(digest: Digest) -> Iterator[Finding]:
    """Escrow never below zero and empty after the end; wallets are what the logs released, each posting once."""
    released: dict[str, dict[str, int]] = {}
    for thread, log in digest.logs():
        state, seller = State(), ""
        for entry in log:
            state.take(entry)
            if state.escrow < 0:
                yield Finding("ledger", thread, f"escrow is {state.escrow} at {entry['seq']}")
            if entry["kind"] == "thread.opened":
                seller = next(each["user"] for each in entry["parties"] if each["role"] == "seller")
        if state.state in ENDED and state.escrow:
            yield Finding("ledger", thread, f"{state.escrow} are left in escrow of a {state.state} order")
        if not state.paid_out.get("refunded") and log and state.price != state.held:
            yield Finding("ledger", thread, f"the price is {state.price}, {state.held} were held")
        if amount := state.paid_out.get("released"):
            released.setdefault(seller, {})[state.order] = amount
    for user, wallet in digest.final.wallets.items():
        yield from _wallet(user, wallet, released.get(user, {}))


def _wallet(user: str, wallet: Json, released: dict[str, int]) -> Iterator[Finding]:
    posted: dict[str, int] = {}
    for posting in wallet["postings"]:
        posted[posting["order"]] = posted.get(posting["order"], 0) + posting["amount"]["amount"]
    total = sum(balance["amount"] for balance in wallet["balances"])
    if posted != released:
        yield Finding("ledger", "", f"{user} was posted {posted}, the logs released {released}")
    if total != sum(posted.values()):
        yield Finding("ledger", "", f"{user} has {total}, the postings come to {sum(posted.values())}")
