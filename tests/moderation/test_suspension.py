"""Somebody is suspended: their running orders stand still, nothing is closed, and all goes on when they are back."""

import pytest

from chat import jobs, people
from chat.models import Job
from moderation import appeals
from moderation.models import Decision, Ruling
from tests.market import Deal, passes
from tests.moderation.test_decisions import LEAVES_NO_ROOM, WHY, decisions, the_one


def state(deal: Deal) -> str:
    return str(deal.seen()["state"])


def suspend(deal: Deal, whom: str = "kim") -> None:
    deal.mia.does("moderation.suspend", user=getattr(deal, whom).user, reason=WHY)
    jobs.run_due()


def reinstate(deal: Deal, whom: str = "kim") -> None:
    deal.max.does("moderation.reinstate", user=getattr(deal, whom).user, reason="it was a mistake")
    jobs.run_due()


def test_running_orders_stand_still_and_ended_ones_stay_as_they_are(deal: Deal) -> None:
    running, ended, left = deal.to("in_progress"), deal.again().to("closed"), deal.again().to("cancelled")
    left.sam.does("thread.leave")
    heads = ended.head(), left.head()
    suspend(deal)
    assert (state(running), state(ended), state(left)) == ("frozen", "closed", "cancelled")
    assert (ended.head(), left.head()) == heads
    # Sam learns that it stands still, and not why.
    assert "suspen" not in str((running.sam.reads(), running.sam.sees())).lower()
    reinstate(deal)
    assert (state(running), state(ended), state(left)) == ("in_progress", "closed", "cancelled")
    assert "suspen" not in str((running.sam.reads(), running.sam.sees())).lower()
    assert running.kim.does("message.send")


def test_what_was_left_of_a_deadline_is_left_afterwards(deal: Deal) -> None:
    left = deal.to("in_progress").seen()["deadlines"]["deliver_by"]
    suspend(deal, "sam")
    passes(days=10)
    assert state(deal) == "frozen"
    reinstate(deal, "sam")
    assert not deal.seen()["late"]
    assert deal.seen()["deadlines"]["deliver_by"] > left


def test_what_somebody_else_froze_stays_frozen(deal: Deal) -> None:
    other = deal.again().to("frozen")
    suspend(deal)
    assert (state(deal), state(other)) == ("frozen", "frozen")
    reinstate(deal)
    assert (state(deal), state(other)) == ("pending", "frozen")


def test_it_goes_on_when_both_are_back(deal: Deal) -> None:
    suspend(deal, "kim")
    suspend(deal, "sam")
    reinstate(deal, "kim")
    assert state(deal) == "frozen"
    reinstate(deal, "sam")
    assert state(deal) == "pending"


def test_who_is_back_before_the_jobs_are_done_finds_everything_running(deal: Deal) -> None:
    deal.mia.does("moderation.suspend", user=deal.kim.user, reason=WHY)
    reinstate(deal)
    assert state(deal) == "pending"
    assert "dispute.resolved" not in deal.kinds()


def test_a_job_that_is_run_again_freezes_once(deal: Deal) -> None:
    suspend(deal)
    head = deal.head()
    for job in Job.objects.filter(kind="suspension", payload__user=deal.kim.user):
        jobs._duties["suspension"].handler(job.payload)
    assert deal.head() == head
    reinstate(deal)


def test_kim_reads_of_it_when_she_is_back(deal: Deal) -> None:
    suspend(deal)
    assert deal.kim.refused("decision.appeal", decision="none", text="Unfair").code == "not_found"
    reinstate(deal)
    back, gone = decisions(deal.kim)
    assert (back["act"], gone["act"]) == ("moderation.reinstate", "moderation.suspend")
    assert "appeal_until" not in back
    assert deal.kim.refused("decision.appeal", decision=back["decision"], text="Why?").code == "not_allowed"


@pytest.mark.parametrize(("outcome", "free"), [("overturned", True), ("upheld", False)])
def test_a_suspension_that_is_overturned_ends_at_once(deal: Deal, outcome: str, free: bool) -> None:
    suspend(deal)
    found = Decision.objects.get(user=deal.kim.user)
    appealed = appeals.by_link(deal.kim.user, found.id, "It was my brother")["appeal"]
    assert [each.id for each in appeals.waiting().filter(decision=found)] == [appealed]
    deal.lea.does("moderation.rule_appeal", appeal=appealed, outcome=outcome, reason=LEAVES_NO_ROOM)
    jobs.run_due()
    assert bool(people.suspended_among([deal.kim.user])) is not free
    assert state(deal) == ("pending" if free else "frozen")
    assert not appeals.waiting().filter(decision=found).exists()
    if free:
        assert the_one(deal.kim)["appeal"]["outcome"] == "overturned"


def test_overturning_an_old_suspension_ends_no_later_one(deal: Deal) -> None:
    suspend(deal)
    reinstate(deal)
    old = decisions(deal.kim)[1]["decision"]
    appealed = deal.kim.does("decision.appeal", decision=old, text="It was my brother")["appeal"]
    suspend(deal)
    deal.lea.does("moderation.rule_appeal", appeal=appealed, outcome="overturned", reason=LEAVES_NO_ROOM)
    assert people.suspended_among([deal.kim.user])
    assert Ruling.objects.filter(appeal=appealed).exists()
