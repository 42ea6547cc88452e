"""Whom an act of staff concerns gets a statement of reasons, and may object to it once."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from chat.audit import Deed
from moderation.decisions import decide
from moderation.models import Decision
from tests.market import Deal, Person, Said, instant, passes

WHY = "abuse of the chat"
LEAVES_NO_ROOM = "it was said to be satire"


def decisions(person: Person) -> list[Said]:
    found: list[Said] = person.does("decision.list")["decisions"]
    return found


def the_one(person: Person) -> Said:
    (found,) = decisions(person)
    return found


def warns(person: Person, whom: Person, **said: Any) -> str:
    return str(person.does("moderation.warn", user=whom.user, **{"reason": WHY} | said)["decision"])


def test_a_decision_is_a_record_that_nobody_changes(deal: Deal) -> None:
    made = decide(Deed(deal.mia.actor, datetime.now(UTC)), deal.kim.user, "moderation.warn", WHY)
    assert (made.user_id, made.moderator, made.reason, made.thread) == (deal.kim.user, deal.mia.user, WHY, None)
    rows = Decision.objects.filter(pk=made.pk)
    for change in (partial(rows.update, reason="another"), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert rows.get().reason == WHY


def test_kim_reads_why_her_message_was_taken_down_and_sam_does_not(deal: Deal) -> None:
    seq = deal.kim.does("message.send", text="My number is on my page")["seq"]
    deal.mia.does("moderation.watch")
    deal.mia.does("message.redact", target=seq, reason="a telephone number")
    said = the_one(deal.kim)
    assert (said["act"], said["reason"], said["about"]) == ("message.redact", "a telephone number", {"target": seq})
    assert said["thread"] == deal.thread
    assert instant(said["appeal_until"]) > instant(said["at"])
    assert deal.mia.user not in str(said)
    assert decisions(deal.sam) == []


def test_what_kim_takes_down_herself_is_nobody_s_decision(deal: Deal) -> None:
    seq = deal.kim.does("message.send")["seq"]
    deal.kim.does("message.redact", target=seq)
    assert decisions(deal.kim) == []


def test_only_the_filer_reads_why_a_claim_was_rejected(deal: Deal) -> None:
    claim = deal.kim.does("claim.file")["claim"]
    deal.mia.does("moderation.reject_claim", claim=claim, reason="there is nothing in it")
    said = the_one(deal.kim)
    assert (said["act"], said["about"]) == ("moderation.reject_claim", {"claim": claim})
    assert decisions(deal.sam) == []


@pytest.mark.parametrize("outcome", ["refund", "pay", "resume"])
def test_both_read_why_a_dispute_was_resolved_so(deal: Deal, outcome: str) -> None:
    deal.to("frozen").mia.does("moderation.resolve", outcome=outcome, reason="both were heard")
    for person in (deal.kim, deal.sam):
        said = the_one(person)
        assert (said["act"], said["reason"], said["about"]) == (
            "moderation.resolve", "both were heard", {"outcome": outcome},
        )  # fmt: skip


def test_a_check_that_ends_as_it_began_decides_about_nobody(deal: Deal) -> None:
    deal.to("frozen").mia.does("moderation.resolve", outcome="unfreeze", reason="there was nothing in it")
    assert decisions(deal.kim) == decisions(deal.sam) == []


@pytest.mark.parametrize(("outcome", "told"), [("remove", 1), ("keep", 0)])
def test_kim_reads_why_her_review_was_removed(deal: Deal, outcome: str, told: int) -> None:
    deal.to("closed").kim.does("review.write")
    deal.sam.does("review.contest")
    deal.mia.does("moderation.rule_review", outcome=outcome, reason="it names his children")
    assert [said["reason"] for said in decisions(deal.kim)] == ["it names his children"] * told


def test_kim_is_warned_and_reads_why(deal: Deal) -> None:
    made = warns(deal.mia, deal.kim)
    assert the_one(deal.kim)["decision"] == made
    # About no thread at all, too.
    warns(deal.max, deal.kim, thread=None)
    assert "thread" not in decisions(deal.kim)[0]
    assert deal.mia.refused("moderation.warn", user=deal.odd.user, reason=WHY).code == "not_found"
    assert deal.mia.refused("moderation.warn", user="nobody-at-all", reason=WHY).code == "not_found"
    assert deal.mia.refused("moderation.warn", user=deal.kim.user, reason="short").code == "reason_required"
    for person in (deal.kim, deal.sam, deal.odd):
        assert person.refused("moderation.warn", user=deal.sam.user, reason=WHY).code == "wrong_role"


def test_kim_leafs_through_many_decisions_the_newest_first(deal: Deal) -> None:
    made = [warns(deal.mia, deal.kim) for _ in range(5)]
    seen, cursor = [], None
    while True:
        page = deal.kim.does("decision.list", limit=2, **({"cursor": cursor} if cursor else {}))
        seen += [said["decision"] for said in page["decisions"]]
        cursor = page["cursor"]
        if cursor is None:
            break
    assert seen == made[::-1]


def test_kim_appeals_once_and_lea_rules(deal: Deal) -> None:
    made = warns(deal.mia, deal.kim)
    reply = deal.kim.does("decision.appeal", decision=made, text="I said nothing of the kind")
    assert set(reply) == {"at", "appeal", "duplicate"}
    said = the_one(deal.kim)["appeal"]
    assert (said["appeal"], said["state"], said["text"]) == (reply["appeal"], "open", "I said nothing of the kind")
    assert deal.kim.refused("decision.appeal", decision=made, text="And another thing").code == "not_allowed"
    waits = next(each for each in deal.lea.does("moderation.appeals", limit=100)["appeals"] if each["decision"] == made)
    assert (waits["text"], waits["reason"], waits["moderator"]) == ("I said nothing of the kind", WHY, deal.mia.user)
    assert (waits["user"], waits["own"]) == (deal.kim.user, False)
    ruling = {"appeal": reply["appeal"], "outcome": "overturned", "reason": LEAVES_NO_ROOM}
    assert set(deal.lea.does("moderation.rule_appeal", **ruling)) == {"at", "duplicate"}
    said = the_one(deal.kim)["appeal"]
    assert (said["state"], said["outcome"], said["reason"]) == ("ruled", "overturned", LEAVES_NO_ROOM)
    assert deal.lea.user not in str(said)
    assert deal.lea.refused("moderation.rule_appeal", **ruling).code == "not_allowed"
    assert made not in str(deal.lea.does("moderation.appeals", limit=100))
    for person in (deal.kim, deal.mia, deal.odd):
        assert person.refused("moderation.appeals").code == "wrong_role"
        assert person.refused("moderation.policies").code == "wrong_role"


def test_nobody_appeals_for_another(deal: Deal) -> None:
    made = warns(deal.mia, deal.kim)
    for person in (deal.sam, deal.odd, deal.mia, deal.lea):
        assert person.refused("decision.appeal", decision=made, text="Unfair").code == "not_found"
    assert deal.kim.does("decision.appeal", decision=made, text="Unfair")


def test_a_lead_who_did_not_decide_rules_and_nobody_else(deal: Deal) -> None:
    appealed = deal.kim.does("decision.appeal", decision=warns(deal.lea, deal.kim), text="Unfair")["appeal"]
    other = deal.sam.does("decision.appeal", decision=warns(deal.mia, deal.sam), text="Unfair")["appeal"]
    ruling = {"outcome": "upheld", "reason": "it was as the moderator says"}
    for person in (deal.kim, deal.mia, deal.max, deal.odd, deal.lea):
        assert person.refused("moderation.rule_appeal", appeal=appealed, **ruling).code == "wrong_role"
    assert deal.lea.refused("moderation.rule_appeal", appeal="none", **ruling).code == "not_found"
    assert deal.lea.refused("moderation.rule_appeal", appeal=other, outcome="upheld", reason="no").code == (
        "reason_required"
    )
    assert deal.lea.does("moderation.rule_appeal", appeal=other, **ruling)


def test_an_appeal_is_heard_for_six_months_to_the_second(deal: Deal) -> None:
    made, late = warns(deal.mia, deal.kim), warns(deal.mia, deal.sam)
    until = instant(the_one(deal.kim)["appeal_until"]) - instant(the_one(deal.kim)["at"])
    passes(seconds=until.total_seconds() - 60)
    assert deal.kim.does("decision.appeal", decision=made, text="Unfair")
    passes(seconds=61)
    assert deal.sam.refused("decision.appeal", decision=late, text="Unfair").code == "not_allowed"


def test_an_appeal_has_words(deal: Deal) -> None:
    made = warns(deal.mia, deal.kim)
    for text, code in (("", "text_invalid"), ("x" * 4001, "too_large")):
        assert deal.kim.refused("decision.appeal", decision=made, text=text).code == code
