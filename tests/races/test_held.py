"""Two moderators, one held message: one decides, the other is told so; and its author may write or leave meanwhile."""

from functools import partial

import pytest

from tests.market import meet
from tests.profiles import catching
from tests.races.agreement import agree
from tests.races.arena import FEW, PATIENCE_S, Arena

pytestmark = pytest.mark.timeout(PATIENCE_S)

SAID = "Call me on 0151 23456789"
WHY = "It tells a phone number."


def test_of_two_moderators_at_once_one_decides(arena: Arena) -> None:
    deal = meet()
    for person in (deal.mia, deal.max):
        person.does("moderation.watch")
    released = 0
    with catching("phone=hold"):
        for _ in range(FEW):
            target = deal.kim.does("message.send", text=SAID)["held"]
            one, other = arena.race(
                partial(deal.mia.does, "moderation.release_message", target=target),
                partial(deal.max.does, "moderation.reject_message", target=target, reason=WHY),
            )
            assert [one, other].count("not_allowed") == 1, (one, other)
            released += other == "not_allowed"
            assert [entry["kind"] for entry in deal.log()].count("message") == released
    agree(deal)


def test_a_message_is_released_while_sam_leaves(arena: Arena) -> None:
    people = meet()
    with catching("phone=hold"):
        for _ in range(FEW):
            deal = people.again().to("closed")
            deal.mia.does("moderation.watch")
            target = deal.kim.does("message.send", text=SAID)["held"]
            said, left = arena.race(
                partial(deal.mia.does, "moderation.release_message", target=target),
                partial(deal.sam.does, "thread.leave"),
            )
            assert isinstance(left, dict)
            kinds = deal.kinds()
            assert kinds[-2:] == ["party.left", "thread.closed"], kinds
            assert ("message" in kinds) == (said != "thread_closed")
            agree(deal)
