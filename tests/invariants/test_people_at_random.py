"""Kim, sam, mia and the clock do whatever they like, in any order, and after each of it the invariants hold (I1–I6, I8,
I13, I14). What was refused changed nothing; what was answered once is answered again."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from chat import profiles
from chat.refusals import Refused
from tests.invariants.acts import ACTS, Asked, asked
from tests.market import Deal, Said, balances, instant, meet, now, passes
from tests.profiles import under
from tests.truths import hold, is_left

WAITS = [timedelta(minutes=16), timedelta(hours=13), timedelta(hours=49), timedelta(days=4), timedelta(days=8),
         timedelta(days=60), timedelta(days=170)]  # fmt: skip
FINAL = ("price", "state", "version", "deadlines", "late")


@dataclass
class Done:
    """A command that was taken, and its answer."""

    deal: Deal
    asked: Asked
    id: str
    answer: Said


class People(RuleBasedStateMachine):
    deals: list[Deal]
    done: list[Done]
    ends: dict[str, Said]

    @initialize()
    def kim_buys(self) -> None:
        self.deals, self.done, self.ends = [meet()], [], {}

    @rule(data=st.data(), act=st.sampled_from(ACTS))
    def somebody_acts(self, data: st.DataObject, act: str) -> None:
        deal = data.draw(st.sampled_from(self.deals)) if len(self.deals) > 1 else self.deals[0]
        said = asked(deal, act, data)
        if said is None:
            return
        head, named = deal.head(), str(uuid.uuid4())
        try:
            answer = getattr(deal, said.who).does(said.type, id=named, **said.fields)
        except Refused as refused:
            assert deal.head() == head, "what was refused has changed the log"
            assert refused.info.get("state") in (deal.seen()["state"], None)
            return
        self.done.append(Done(deal, said, named, answer))
        if answer.get("thread", deal.thread) != deal.thread:
            self.deals.append(deal.at(answer))

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def a_phone_asks_again(self, data: st.DataObject) -> None:
        """I6."""
        done = data.draw(st.sampled_from(self.done))
        head = done.deal.head()
        again = getattr(done.deal, done.asked.who).does(done.asked.type, id=done.id, **done.asked.fields)
        assert again == done.answer | {"duplicate": True}
        assert done.deal.head() == head

    @rule(wait=st.sampled_from(WAITS))
    def time_passes(self, wait: timedelta) -> None:
        passes(seconds=wait.total_seconds())

    @invariant()
    def all_is_true(self) -> None:
        for deal in getattr(self, "deals", []):
            hold(deal)
            self.nothing_changes_after_the_end(deal)
            who_may_write(deal)
            until_when_kim_may_review(deal)

    def nothing_changes_after_the_end(self, deal: Deal) -> None:
        """I3."""
        seen = deal.seen()
        if seen["state"] in ("closed", "cancelled", "expired"):
            final = {name: seen[name] for name in FINAL} | {"money": balances(deal.order)}
            assert self.ends.setdefault(deal.order, final) == final


def tried(person: Any, type: str, **said: Any) -> str:
    """What would become of it; nothing of it stays."""
    try:
        with transaction.atomic():
            person.does(type, **said)
            transaction.set_rollback(True)
    except Refused as refused:
        return refused.code
    return "done"


def who_may_write(deal: Deal) -> None:
    """I2 and I4."""
    state, left = deal.seen()["state"], is_left(deal.log())
    kim, sam = tried(deal.kim, "message.send"), tried(deal.sam, "message.send")
    if left:
        assert (kim, sam) == ("thread_closed", "thread_closed")
    elif state in ("delivered", "frozen", "expired"):
        assert (kim, sam) == ("chat_blocked", "chat_blocked")
    elif state == "closed":
        budget = deal.sam.sees()["support"]["follow_ups_remaining"]
        assert (kim, sam) == ("done", "done" if budget else "follow_up_budget")
    else:
        assert (kim, sam) == ("done", "done")


def until_when_kim_may_review(deal: Deal) -> None:
    """I8: by the window alone, whatever became of the thread."""
    seen = deal.seen()
    if seen["state"] != "closed" or deal.kim.sees()["review"] is not None:
        return
    ends = instant(seen["deadlines"]["review_until"])
    if abs(ends - now()) > timedelta(seconds=5):
        expected = "done" if now() < ends else "review_window_over"
        assert tried(deal.kim, "review.write") == expected


@pytest.mark.parametrize("profile", profiles.names())
def test_whatever_people_do_the_invariants_hold(trade: None, profile: str) -> None:
    examples = 3 if profile == profiles.DEFAULT else 1
    with under(profile):
        run_state_machine_as_test(People, settings=settings(max_examples=examples, stateful_step_count=15))
    assert sum(balances().values()) == 0
