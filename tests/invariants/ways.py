"""Every way in which a person could use a capability now: one command for each target there is, the newest first."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from chat.entries import stamp
from chat.refusals import Refused
from tests.market import Deal, Person, Said, balances, instant, now

VARIANT = {"message.send": "purpose", "proposal.make": "kind"}
OUTCOMES = ("pay", "refund", "resume", "unfreeze", "split")
# What is said where there is nothing that it could be about.
NOWHERE: Said = {"target": 1, "offer": "none", "proposal": "none", "item": "none", "claim": "none"}


def ways(person: Person, capability: str) -> list[tuple[str, Said]]:
    """The commands with their fields; never none."""
    command, _, variant = capability.partition(":")
    said: Said = {VARIANT[command]: variant} if variant else {}
    if command in TARGETS:
        name, find = TARGETS[command]
        targets = find(person) or [NOWHERE[name]]
        return [(command, said | {name: target} | more) for target in targets for more in extras(person, capability)]
    return [(command, said | more) for more in extras(person, capability)]


def extras(person: Person, capability: str) -> Iterator[Said]:
    """What else belongs to it, in each of the ways that could do."""
    match capability:
        case "message.redact" if person is person.deal.mia:
            yield {"reason": "this is not for this place"}
        case "proposal.make:refund":
            yield {"amount": {"amount": 1, "currency": "EUR"}}
        case "proposal.make:extension":
            deadline = person.deal.seen()["deadlines"].get("deliver_by")
            latest = max(now(), instant(deadline)) if deadline else now()
            yield from ({"deliver_by": stamp(latest + more)} for more in (timedelta(days=2), timedelta(minutes=1)))
        case "moderation.resolve":
            part = {"amount": {"amount": 1, "currency": "EUR"}}
            yield from ({"outcome": outcome} | (part if outcome == "split" else {}) for outcome in OUTCOMES)
        case "moderation.rule_review":
            yield from ({"outcome": outcome} for outcome in ("keep", "remove"))
        case _:
            yield {}


def own_messages(person: Person) -> list[Any]:
    """Those that were not taken back; staff may take back anybody's."""
    log = person.deal.log()
    gone = {entry["target"] for entry in log if entry["kind"] == "message.redacted"}
    there = [entry for entry in log if entry["kind"] == "message" and entry["seq"] not in gone]
    own = [entry["seq"] for entry in there if person is person.deal.mia or entry["by"].get("user") == person.user]
    return own[:-4:-1]


def all_messages(person: Person) -> list[Any]:
    return [entry["seq"] for entry in person.deal.log() if entry["kind"] == "message"][:-4:-1]


def listed(what: str, name: str) -> Callable[[Person], list[Any]]:
    """Of a snapshot's list."""
    return lambda person: [each[name] for each in reversed(seen_by(person)[what])]


def proposals(*, own: bool) -> Callable[[Person], list[Any]]:
    """Nobody answers their own, or takes back another's."""

    def find(person: Person) -> list[Any]:
        there = reversed(seen_by(person)["proposals"])
        return [each["proposal"] for each in there if (each["by"]["user"] == person.user) == own]

    return find


def seen_by(person: Person) -> Said:
    """A moderator sees only after a look that is written down; the parties have the same lists."""
    return person.deal.kim.sees() if person is person.deal.mia else person.sees()


def items(person: Person) -> list[Any]:
    return [each["item"] for each in reversed(seen_by(person)["support"]["items"])]


def claims(person: Person) -> list[Any]:
    there = {each["claim"] for party in (person.deal.kim, person.deal.sam) for each in party.sees()["claims"]}
    return sorted(there, reverse=True)


def held(person: Person) -> list[Any]:
    """What waits for a moderator, by its author's snapshot."""
    there = [each["held"] for party in (person.deal.kim, person.deal.sam) for each in party.sees().get("held", [])]
    return there or ["none"]


TARGETS: dict[str, tuple[str, Callable[[Person], list[Any]]]] = {
    "message.edit": ("target", own_messages),
    "message.redact": ("target", own_messages),
    "message.report": ("target", all_messages),
    "offer.accept": ("offer", listed("offers", "offer")),
    "offer.decline": ("offer", listed("offers", "offer")),
    "offer.withdraw": ("offer", listed("offers", "offer")),
    "proposal.accept": ("proposal", proposals(own=False)),
    "proposal.decline": ("proposal", proposals(own=False)),
    "proposal.withdraw": ("proposal", proposals(own=True)),
    "support.resolve": ("item", items),
    "moderation.reject_claim": ("claim", claims),
    "moderation.release_message": ("target", held),
    "moderation.reject_message": ("target", held),
}


def attempts(person: Person, capability: str) -> Iterator[str]:
    """The code of each way's refusal; empty where it was taken."""
    for command, said in ways(person, capability):
        try:
            person.does(command, **said)
        except Refused as refused:
            yield refused.code
        else:
            yield ""


def seen_from_outside(deal: Deal) -> tuple[Any, ...]:
    return deal.log(), deal.seen(), balances(deal.order)
