"""The same command from several devices at the same instant has one effect, and many different ones have each their own
place (G2, G3; I6, I13)."""

import uuid

from tests.market import meet, place
from tests.races.arena import ROUNDS, Arena
from tests.truths import hold


def test_one_message_from_three_devices_is_one_entry_with_one_answer(arena: Arena) -> None:
    deal = meet()
    for number in range(ROUNDS):
        named = str(uuid.uuid4())
        answers = arena.race(*[lambda n=named: deal.kim.does("message.send", id=n)] * 3)
        assert sorted(answer.pop("duplicate") for answer in answers) == [False, True, True]
        assert answers[0] == answers[1] == answers[2]
        assert answers[0]["seq"] == 3 + number
    hold(deal)


def test_one_id_for_two_different_messages_is_the_first_ones(arena: Arena) -> None:
    deal = meet()
    for number in range(ROUNDS // 4):
        named = str(uuid.uuid4())
        one, other = arena.race(
            lambda n=named: deal.kim.does("message.send", id=n, text="One"),
            lambda n=named: deal.kim.does("message.send", id=n, text="Other"),
        )
        assert [one, other].count("id_reused") == 1
        assert deal.head() == 3 + number
    hold(deal)


def test_one_id_in_two_threads_has_one_effect(arena: Arena) -> None:
    deal = meet()
    other = deal.again()
    for number in range(ROUNDS // 4):
        named = str(uuid.uuid4())
        answers = arena.race(
            lambda n=named: deal.kim.does("message.send", id=n), lambda n=named: other.kim.does("message.send", id=n)
        )
        assert answers.count("id_reused") == 1
        assert deal.head() + other.head() == 5 + number
    for each in (deal, other):
        hold(each)


def test_a_host_that_sends_an_order_three_times_at_once_places_one(arena: Arena) -> None:
    deal = meet()
    for _ in range(ROUNDS // 4):
        key = str(uuid.uuid4())
        answers = arena.race(*[lambda k=key: place(deal.kim.user, deal.sam.user, key=k)] * 3)
        assert sorted(answer["duplicate"] for answer in answers) == [False, True, True]
        assert len({answer["order"] for answer in answers}) == 1


def test_three_who_write_at_once_each_get_a_place_of_their_own(arena: Arena) -> None:
    deal = meet().to("cancelled")
    deal.mia.does("moderation.watch")
    head = deal.head()
    for number in range(ROUNDS):
        answers = arena.race(*[lambda p=p: p.does("message.send") for p in (deal.kim, deal.sam, deal.mia)])
        seqs = sorted(answer["seq"] for answer in answers)
        assert seqs == [head + 3 * number + n for n in (1, 2, 3)]
    hold(deal)
