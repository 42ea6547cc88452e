"""What a capability says is what the server then does (protocol.md §5): every one of them is tried, in many situations."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from chat.refusals import Refused
from consumers.vocabulary import COMMANDS
from orders import verdicts
from orders.capabilities import COMMANDS as COMMANDS_NAMED
from tests.market import Deal, Person, instant, just_before, meet, until
from tests.orders.situations import arrange
from tests.orders.targets import Facts, best

# Every write that a role could ever send in a thread (protocol.md §6), as capabilities name them.
BOTH = {
    "message.send", "message.send:statement", "message.edit", "message.redact", "message.report", "thread.leave",
    "order.cancel",
    "proposal.make:refund", "proposal.make:extension", "proposal.accept", "proposal.decline", "proposal.withdraw",
    "support.open", "support.resolve", "claim.file", "claim.withdraw",
}  # fmt: skip
NAMED = {
    "kim": BOTH | {
        "order.withdraw", "order.close", "order.request_revision", "offer.accept", "offer.decline", "offer.request",
        "proposal.make:cancellation", "review.write",
    },
    "sam": BOTH | {
        "message.send:support", "message.send:check_in", "order.start", "order.decline", "order.deliver",
        "order.accept_revision", "order.refuse_revision", "offer.make", "offer.withdraw",
        "review.reply", "review.contest",
    },
    "mia": {
        "message.send", "message.redact", "moderation.watch", "moderation.note", "moderation.freeze",
        "moderation.resolve", "moderation.release_message", "moderation.reject_message", "moderation.reject_claim",
        "moderation.rule_review",
    },
}  # fmt: skip

SITUATIONS = [
    "pending", "in_progress", "late", "delivered", "revision_requested", "revision_refused", "frozen", "closed",
    "cancelled", "expired",
    "closed old", "closed insistent", "closed left", "cancelled left", "expired left", "delivered old",
    "pending kim-suspended", "closed sam-suspended", "frozen mia-suspended",
    "pending proposed", "in_progress proposed", "late proposed", "in_progress proposed then-delivered",
    "in_progress proposed then-frozen", "in_progress claimed", "in_progress claimed then-frozen",
    "closed supported", "closed reviewed", "closed reviewed contested", "closed reviewed contested ruled left",
    "closed unreviewed",
]  # fmt: skip
EVERYBODY = ("kim", "sam", "mia")


def implemented(names: set[str]) -> set[str]:
    """Those of the protocol that this server takes so far: one issue begins, later ones add."""
    return {name for name in names if name.split(":")[0] in COMMANDS}


def arranged(situation: str, *, talked: bool) -> Deal:
    deal = meet()
    if talked:
        for person in (deal.kim, deal.sam):
            person.does("message.send")
        deal.sam.does("offer.make", expires_in_s=86400 * 90)
    if "mia-suspended" in situation:
        arrange(deal, situation.replace("mia-suspended", ""))
        deal.mia.does("moderation.watch")
        arrange(deal, "mia-suspended")
    else:
        arrange(deal, situation)
        deal.mia.does("moderation.watch")
    return deal


def outcome(person: Person, capability: str, facts: Facts) -> str:
    """What the server does: `allowed` or the code. Nothing of it stays."""
    command, said = best(person, capability, facts)
    try:
        with transaction.atomic():
            person.does(command, id=str(uuid.uuid4()), **said)
            transaction.set_rollback(True)
    except Refused as refused:
        return refused.code
    return "allowed"


@pytest.mark.parametrize(
    ("situation", "talked"),
    [
        *((situation, True) for situation in SITUATIONS),
        *((situation, False) for situation in ("pending", "delivered", "closed", "expired")),
    ],
)
def test_what_it_says_is_what_happens(trade: None, situation: str, talked: bool) -> None:
    deal = arranged(situation, talked=talked)
    facts, tried = Facts.of(deal), 0
    head = facts.snapshot["as_of"]
    for who in EVERYBODY:
        person: Any = getattr(deal, who)
        can = person.may()
        assert can == {**person.sees()["capabilities"], "as_of": head}
        assert set(can["allowed"]) | set(can["refused"]) == set(can["allowed"]) ^ set(can["refused"])
        said = dict.fromkeys(can["allowed"], "allowed") | {name: why["code"] for name, why in can["refused"].items()}
        for name, expected in said.items():
            done = outcome(person, name, facts)
            # Where there is no target at all, only a command about nothing can be tried.
            assert done == expected or (done == "not_found" and expected != "allowed"), (who, name, expected, done)
            tried += 1
        asked = [(person.user, deal.thread, name) for name in COMMANDS_NAMED]
        for (_, _, name), answer in zip(asked, verdicts.several(asked), strict=True):
            code = said.get(name, "wrong_role" if f"{who}-suspended" not in situation else "suspended")
            assert answer.get("code", "allowed") == code, (who, name)
            assert answer["allowed"] == (code == "allowed")
            if code not in ("allowed", "wrong_role"):
                assert can["refused"].get(name, {"code": code}).items() <= answer.items()
    assert deal.head() == head
    assert tried >= 30


@pytest.mark.parametrize("situation", ["pending", "delivered", "closed", "expired left"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_it_names_every_write_that_the_role_could_ever_send(trade: None, situation: str, who: str) -> None:
    can = getattr(arranged(situation, talked=True), who).may()
    assert set(can["allowed"]) | set(can["refused"]) == implemented(NAMED[who])
    for why in can["refused"].values():
        assert why["message"]
        assert set(why) <= {"code", "message", "until"}


def test_when_every_message_is_redacted_staff_cannot_redact_another(deal: Deal) -> None:
    deal.mia.does("moderation.watch")
    assert deal.mia.may()["refused"]["message.redact"]["code"] == "not_found"
    first, second = (deal.kim.does("message.send")["seq"] for _ in range(2))
    deal.mia.does("message.redact", target=first, reason="not for this place")
    assert "message.redact" in deal.mia.may()["allowed"]
    deal.mia.does("message.redact", target=second, reason="not for this place")
    assert deal.mia.may()["refused"]["message.redact"]["code"] == "not_allowed"
    assert deal.mia.refused("message.redact", target=second, reason="not for this place").code == "not_allowed"


UNTIL: list[tuple[str, str, str, Callable[[Deal], str]]] = [
    ("in_progress", "kim", "order.cancel", lambda deal: deal.seen()["deadlines"]["deliver_by"]),
    ("delivered", "sam", "message.send", lambda deal: deal.seen()["deadlines"]["auto_close_at"]),
    ("pending", "kim", "thread.leave", lambda deal: deal.seen()["deadlines"]["start_by"]),
]


@pytest.mark.parametrize(("state", "who", "capability", "at"), UNTIL)
def test_a_refusal_says_until_when_where_time_alone_will_change_it(
    deal: Deal, state: str, who: str, capability: str, at: Callable[[Deal], str]
) -> None:
    person: Person = getattr(deal.to(state), who)
    ends = person.may()["refused"][capability]["until"]
    assert ends == at(deal)
    just_before(instant(ends))
    assert capability in person.may()["refused"]
    until(instant(ends))
    assert capability in person.may()["allowed"]
    assert outcome(person, capability, Facts.of(deal)) == "allowed"
