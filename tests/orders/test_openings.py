"""Who comes back to a thread is told the same by the quick look as by the other, or by the other."""

import asyncio
from itertools import pairwise

import pytest
from django.conf import settings

from chat import people
from chat.actors import Actor
from chat.refusals import Refused
from orders import queries
from orders.openings_postgres import PostgresOpenings
from orders.queries import Asked, Subscription
from tests.market import ROADS, Deal

pytestmark = pytest.mark.postgres


def quickly(*asked: Asked) -> list[Subscription | Refused | None]:
    async def look() -> list[Subscription | Refused | None]:
        openings = PostgresOpenings()
        try:
            return await openings.look(asked)
        finally:
            openings.forget()

    return asyncio.run(look())


def plain(answer: Subscription | Refused | None) -> object:
    return answer.body() if isinstance(answer, Refused) else answer


def agree(deal: Deal) -> int:
    """Hold one look against the other; returns how many of the answers were quick."""
    head = len(deal.log())
    actors: list[Actor] = [person.actor for person in (deal.kim, deal.sam, deal.odd)]
    asked = [Asked(actor, deal.thread, after) for actor in actors for after in (0, head - 1, head, head + 1)]
    asked += [Asked(actor, "nowhere", 1) for actor in actors]
    found = quickly(*asked)
    for quick, slow in zip(found, queries.subscriptions(asked), strict=True):
        assert quick is None or plain(quick) == plain(slow)
    return sum(isinstance(each, Subscription) for each in found)


@pytest.mark.parametrize("state", sorted(ROADS))
def test_both_looks_agree_in_every_state(deal: Deal, state: str) -> None:
    deal.to(state)
    assert agree(deal) == 6


def test_both_agree_after_everything_that_moves_a_right(deal: Deal) -> None:
    deal.to("in_progress")
    seq = deal.kim.does("message.send")["seq"]
    assert agree(deal) == 6
    deal.kim.does("message.redact", target=seq)
    assert agree(deal) == 6
    deal.sam.does("offer.make")
    assert agree(deal) == 6
    # What needs more rows than one is left to the other look.
    deal.kim.does("claim.file")
    assert agree(deal) == 0


def test_a_suspended_person_and_a_left_thread_are_no_different(deal: Deal) -> None:
    deal.to("closed")
    people.suspend(deal.sam.user, "a test of suspension")
    assert agree(deal) == 6
    people.reinstate(deal.sam.user, "a test of suspension")
    deal.kim.does("thread.leave")
    assert agree(deal) == 6


def test_staff_snapshots_and_who_is_too_far_behind_are_left_to_the_other(
    deal: Deal, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = [Asked(deal.kim.actor, deal.thread, after) for after in (0, 1, 2)]
    assert all(quickly(*behind))
    assert quickly(Asked(deal.mia.actor, deal.thread, 0), Asked(deal.kim.actor, deal.thread, None)) == [None, None]
    monkeypatch.setattr(settings, "ENV", settings.ENV.model_copy(update={"replay_entries": 1}))
    assert [answer is None for answer in quickly(*behind)] == [True, False, False]
    assert all(one != other for one, other in pairwise(quickly(*behind)))
