"""A thread as it stood: “why was this refused at 14:03?” is answered from the log, by the rules that answer now."""

from datetime import timedelta
from typing import Any

import pytest

from api.schemas import entry_kinds
from chat import people
from chat.entries import stamp
from chat.identity import HOST
from orders.queries import transcript
from orders.retelling import TELLS
from tests.market import Deal, Said, instant, now, passes
from tests.moderation.recollection import Moment, held, moment
from tests.profiles import catching

# What changes nothing that a snapshot shows or a capability looks at.
IDLE = {
    "message.edited", "offer.requested", "dispute.resolved", "payment.released", "payment.refunded",
    "payment.forfeited",
}  # fmt: skip
REFUND = {"kind": "refund", "amount": {"amount": 100, "currency": "EUR"}}


def at(deal: Deal, **when: Any) -> Said:
    deal.mia.does("moderation.watch")
    return deal.mia.does("moderation.replay", **when)


def test_no_kind_of_entry_is_forgotten() -> None:
    assert set(TELLS) | IDLE == set(entry_kinds())
    assert not set(TELLS) & IDLE


def test_mia_learns_why_kim_could_not_cancel_at_three_minutes_past(deal: Deal) -> None:
    deal.to("in_progress")
    asked = now()
    ends = deal.seen()["deadlines"]["deliver_by"]
    assert deal.kim.refused("order.cancel").code == "not_allowed"
    passes(days=4)
    deal.kim.does("message.send", text="I waited long enough.")
    deal.kim.does("order.cancel")

    told = at(deal, at=stamp(asked))
    refused = told["capabilities"]["buyer"]["refused"]["order.cancel"]
    assert (refused["code"], refused["until"]) == ("not_allowed", ends)
    assert (told["as_of"], told["snapshot"]["order"]["state"]) == (3, "in_progress")
    # Nothing was written when it went late: an instant tells what a seq cannot.
    late = at(deal, at=stamp(instant(ends) + timedelta(seconds=1)))
    assert (late["as_of"], late["snapshot"]["order"]["late"]) == (3, True)
    assert "order.cancel" in late["capabilities"]["buyer"]["allowed"]
    assert "order.cancel" not in at(deal, seq=3)["capabilities"]["buyer"]["allowed"]


def test_every_moment_of_a_quarrel_is_told_as_it_was(deal: Deal) -> None:
    moments: list[Moment] = []

    def does(who: str, type: str, **said: Any) -> Said:
        answer: Said = getattr(deal, who).does(type, **said)
        moments.append(moment(deal))
        return answer

    moments.append(moment(deal))
    does("kim", "message.send", text="Hello")
    offer = does("sam", "offer.make")["offer"]
    does("sam", "proposal.make", **REFUND)
    does("kim", "claim.file", reason="He does not answer.")
    deal.mia.does("moderation.reject_claim", claim=deal.kim.sees()["claims"][0]["claim"])
    moments.append(moment(deal))
    does("kim", "claim.file", reason="He still does not.")
    passes(hours=5)
    does("mia", "moderation.freeze")
    passes(hours=7)
    does("kim", "message.send", text="See page two.", purpose="statement")
    does("mia", "moderation.resolve", outcome="unfreeze")
    does("kim", "offer.accept", offer=offer)
    does("sam", "order.start")
    does("sam", "claim.file")
    does("sam", "order.deliver")
    does("kim", "order.close")
    does("sam", "message.send", text="Does it print well?", purpose="check_in")
    does("mia", "message.redact", target=3, reason="not for this place")
    does("kim", "support.open")
    does("kim", "review.write", rating=1, text="It does not.")
    does("sam", "review.contest")
    does("mia", "moderation.rule_review", outcome="remove")
    does("sam", "thread.leave")
    for each in moments:
        held(each)
    assert len({each.staff["as_of"] for each in moments}) > 15


def test_what_staff_had_in_hand_and_held_back_is_told_too(deal: Deal) -> None:
    moments: list[Moment] = []
    with catching("phone=hold"):
        held_back = deal.kim.does("message.send", text="Call me: 0151 23456789")["held"]
        moments.append(moment(deal))
        claim = deal.kim.does("claim.file")["claim"]
        moments.append(moment(deal))
        deal.mia.does("moderation.take_item", item=f"claim:{claim}")
        moments.append(moment(deal))
        deal.mia.does("moderation.release_message", target=held_back)
        moments.append(moment(deal))
    states = [each.staff["claims"][0]["state"] for each in moments[1:3]]
    assert states == ["open", "picked_up"]
    release = ["moderation.release_message" in each.staff["capabilities"]["allowed"] for each in moments]
    assert release == [True, True, True, False]
    for each in moments:
        held(each)


def test_a_suspended_sam_could_do_nothing_then(deal: Deal) -> None:
    deal.mia.does("moderation.suspend", user=deal.sam.user, reason="he sold the same logo twice")
    during = now()
    assert deal.sam.refused("message.send").code == "suspended"
    passes(minutes=1)
    deal.mia.does("moderation.reinstate", user=deal.sam.user, reason="it was another one")
    passes(minutes=1)
    told = at(deal, at=stamp(during))["capabilities"]["seller"]
    assert told["allowed"] == []
    assert told["refused"]["message.send"]["code"] == "suspended"
    assert "message.send" in at(deal, at=stamp(now()))["capabilities"]["seller"]["allowed"]


def test_a_suspension_by_the_host_that_still_holds_is_told_too(deal: Deal) -> None:
    people.suspend(deal.kim.user, "asked by phone")
    try:
        assert at(deal, at=stamp(now()))["capabilities"]["buyer"]["allowed"] == []
        assert at(deal, seq=2)["capabilities"]["buyer"]["allowed"] != []
    finally:
        people.reinstate(deal.kim.user, "done")


@pytest.mark.parametrize("who", ["kim", "sam"])
def test_it_is_for_staff_alone(deal: Deal, who: str) -> None:
    assert at(deal, seq=1)["as_of"] == 1
    assert getattr(deal, who).refused("moderation.replay", seq=1).code == "wrong_role"
    assert deal.odd.refused("moderation.replay", seq=1).code == "not_found"


def test_mia_says_first_why_she_looks_and_what_she_read_is_recorded(deal: Deal) -> None:
    assert deal.mia.refused("moderation.replay", seq=2).code == "reason_required"
    assert recorded(deal) == []
    told = at(deal, seq=2)
    (record,) = recorded(deal)
    assert (record["moderator"], record["reason"]) == (deal.mia.user, "a complaint by phone")
    assert record["about"] == {"seq": 2, "at": told["at"]}


def test_what_has_not_been_is_not_told(deal: Deal) -> None:
    opened = instant(deal.log()[0]["at"])
    deal.mia.does("moderation.watch")
    assert deal.mia.refused("moderation.replay", seq=3).info["head"] == 2
    assert deal.mia.refused("moderation.replay", at=stamp(now() + timedelta(hours=1))).code == "cursor_ahead"
    early = deal.mia.refused("moderation.replay", at=stamp(opened - timedelta(seconds=1)))
    assert (early.code, early.field) == ("bad_request", "at")
    assert deal.mia.does("moderation.replay", at=stamp(opened))["as_of"] == 2
    assert len(recorded(deal)) == 1


def recorded(deal: Deal) -> list[Said]:
    acts = transcript(HOST, deal.thread)["acts"]
    return [act for act in acts if act["action"] == "moderation.replay"]
