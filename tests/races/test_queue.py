"""Two moderators reach for the same thing at the same instant: one of them has it, and the other is told who."""

from functools import partial

import pytest

from moderation.models import SettledReport, Taking
from tests.market import Deal, meet
from tests.moderation.queueing import waits
from tests.races.arena import FEW, PATIENCE_S, ROUNDS, Arena, is_done

pytestmark = pytest.mark.timeout(PATIENCE_S)


def reported(deal: Deal) -> str:
    seq = deal.sam.does("message.send")["seq"]
    deal.kim.does("message.report", target=seq)
    return f"message:{deal.thread}:{seq}"


def test_two_moderators_take_one_item(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again()
        item = reported(deal)
        mia, max_ = arena.race(
            *(partial(each.does, "moderation.take_item", item=item) for each in (deal.mia, deal.max))
        )
        assert sorted([is_done(mia), is_done(max_)]) == [False, True]
        winner, loser = (deal.mia, max_) if is_done(mia) else (deal.max, mia)
        assert loser == "not_allowed"
        assert Taking.objects.get(item=item).moderator == winner.user
        looks = winner.does("moderation.case")["looks"]
        assert [look["moderator"] for look in looks] == [winner.user]
        arena.won["mia" if is_done(mia) else "max"] += 1
    assert set(arena.won) == {"mia", "max"}


def test_kim_reports_once_more_while_mia_settles(arena: Arena) -> None:
    people = meet()
    settle = {"outcome": "dismissed", "reason": "It breaks no rule of ours."}
    for _ in range(FEW):
        deal = people.again()
        item = reported(deal)
        deal.mia.does("moderation.take_item", item=item)
        target = int(item.rpartition(":")[2])
        settled, again = arena.race(
            partial(deal.mia.does, "moderation.settle", item=item, **settle),
            partial(deal.kim.does, "message.report", target=target),
        )
        assert is_done(again)
        # Answered with the first, or waiting for an answer of its own: never lost.
        waiting = waits(deal)
        answered = SettledReport.objects.filter(report__thread=deal.thread).count()
        assert settled["reports"] == answered == 2 - len(waiting)
        arena.won["with the first" if answered == 2 else "by itself"] += 1
    assert set(arena.won) == {"with the first", "by itself"}
