"""The same command from several devices at the same instant has one effect, and many different ones have each their own
place (G2, G3; I6, I13)."""

import uuid
from functools import partial

import pytest

from tests.market import meet, place
from tests.races.agreement import agree
from tests.races.arena import FEW, PATIENCE_S, ROUNDS, Arena

pytestmark = pytest.mark.timeout(PATIENCE_S)


def test_one_message_from_three_devices_is_one_entry_with_one_answer(arena: Arena) -> None:
    deal = meet()
    for number in range(ROUNDS):
        named = str(uuid.uuid4())
        answers = arena.race(*[partial(deal.kim.does, "message.send", id=named)] * 3)
        assert sorted(answer.pop("duplicate") for answer in answers) == [False, True, True]
        assert answers[0] == answers[1] == answers[2]
        assert answers[0]["seq"] == 3 + number
    agree(deal)


def test_one_id_for_two_different_messages_is_the_first_ones(arena: Arena) -> None:
    deal = meet()
    for number in range(FEW):
        named = str(uuid.uuid4())
        one, other = arena.race(
            partial(deal.kim.does, "message.send", id=named, text="One"),
            partial(deal.kim.does, "message.send", id=named, text="Other"),
        )
        assert [one, other].count("id_reused") == 1
        assert deal.head() == 3 + number
    agree(deal)


def test_one_id_in_two_threads_has_one_effect(arena: Arena) -> None:
    deal = meet()
    other = deal.again()
    for number in range(FEW):
        named = str(uuid.uuid4())
        answers = arena.race(
            partial(deal.kim.does, "message.send", id=named), partial(other.kim.does, "message.send", id=named)
        )
        assert answers.count("id_reused") == 1
        assert deal.head() + other.head() == 5 + number
    for each in (deal, other):
        agree(each)


def test_a_host_that_sends_an_order_three_times_at_once_places_one(arena: Arena) -> None:
    deal = meet()
    for _ in range(FEW):
        key = str(uuid.uuid4())
        answers = arena.race(*[partial(place, deal.kim.user, deal.sam.user, key=key)] * 3)
        assert sorted(answer["duplicate"] for answer in answers) == [False, True, True]
        assert len({answer["order"] for answer in answers}) == 1


def test_three_who_write_at_once_each_get_a_place_of_their_own(arena: Arena) -> None:
    deal = meet().to("cancelled")
    deal.mia.does("moderation.watch")
    head = deal.head()
    for number in range(ROUNDS):
        answers = arena.race(*[partial(who.does, "message.send") for who in (deal.kim, deal.sam, deal.mia)])
        seqs = sorted(answer["seq"] for answer in answers)
        assert seqs == [head + 3 * number + n for n in (1, 2, 3)]
    agree(deal)


def test_staff_who_suspend_twice_at_once_suspend_once(arena: Arena) -> None:
    deal = meet()
    for _ in range(ROUNDS // 4):
        said = {"id": str(uuid.uuid4()), "user": deal.kim.user, "reason": "abuse of the chat"}
        answers = arena.race(*[lambda s=said: deal.mia.does("moderation.suspend", **s)] * 3)
        assert sorted(answer["duplicate"] for answer in answers) == [False, True, True]
