"""The best that a person could say for a capability: the newest target that fits, or one that is nowhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from chat.entries import stamp
from consumers.vocabulary import COMMANDS
from tests.market import Deal, Person, Said, now

VARIANT = {"message.send": "purpose", "proposal.make": "kind"}


@dataclass
class Facts:
    """What there is in a thread, read once."""

    log: list[Said]
    snapshot: Said

    @classmethod
    def of(cls, deal: Deal) -> "Facts":
        return cls(deal.log(), deal.kim.sees())


def best(person: Person, capability: str, facts: Facts) -> tuple[str, Said]:
    """The command and its fields."""
    command, _, variant = capability.partition(":")
    said: Said = {VARIANT[command]: variant} if variant else {}
    if command in TARGETS:
        name, find = TARGETS[command]
        said |= {name: find(person, facts)}
    said |= MORE.get(capability, dict)()
    if "expect" in COMMANDS[command].model_fields:
        said["expect"] = facts.snapshot["order"]["version"]
    return command, said


def own_message(person: Person, facts: Facts) -> int:
    messages = [entry for entry in facts.log if entry["kind"] == "message"]
    own = [each for each in messages if person is person.deal.mia or each["by"]["user"] == person.user]
    return int(own[-1]["seq"]) if own else 1


def any_message(person: Person, facts: Facts) -> int:
    return next((int(entry["seq"]) for entry in facts.log if entry["kind"] == "message"), 1)


def offer(person: Person, facts: Facts) -> str:
    return newest(facts.snapshot["offers"], "offer")


def others_proposal(person: Person, facts: Facts) -> str:
    others = [each for each in facts.snapshot["proposals"] if each["by"]["user"] != person.user]
    # A cancellation could be accepted in the fewest states: the widest is tried.
    return newest(sorted(others, key=lambda each: str(each["kind"] != "cancellation")), "proposal")


def own_proposal(person: Person, facts: Facts) -> str:
    return newest([each for each in facts.snapshot["proposals"] if each["by"]["user"] == person.user], "proposal")


def item(person: Person, facts: Facts) -> str:
    return newest(facts.snapshot["support"]["items"], "item")


def claim(person: Person, facts: Facts) -> str:
    return newest(facts.snapshot["claims"], "claim")


def held(person: Person, facts: Facts) -> str:
    return newest(facts.snapshot.get("held", []), "held")


def newest(there: list[Said], name: str) -> str:
    return str(there[-1][name]) if there else "none"


TARGETS: dict[str, tuple[str, Callable[[Person, Facts], object]]] = {
    "message.edit": ("target", own_message),
    "message.redact": ("target", own_message),
    "message.report": ("target", any_message),
    "offer.accept": ("offer", offer),
    "offer.decline": ("offer", offer),
    "offer.withdraw": ("offer", offer),
    "proposal.accept": ("proposal", others_proposal),
    "proposal.decline": ("proposal", others_proposal),
    "proposal.withdraw": ("proposal", own_proposal),
    "support.resolve": ("item", item),
    "moderation.reject_claim": ("claim", claim),
    "moderation.release_message": ("target", held),
    "moderation.reject_message": ("target", held),
}

MORE: dict[str, Callable[[], Said]] = {
    "message.redact": lambda: {"reason": "this is not for this place"},
    "proposal.make:refund": lambda: {"amount": {"amount": 1, "currency": "EUR"}},
    "proposal.make:extension": lambda: {"deliver_by": stamp(now() + timedelta(days=60))},
    "moderation.resolve": lambda: {"outcome": "pay"},
    "moderation.rule_review": lambda: {"outcome": "keep"},
}
