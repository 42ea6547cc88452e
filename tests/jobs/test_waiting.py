"""Messages that wait unread: one notice to whoever was away, over all their threads, told once and without a word."""

import json
from collections.abc import Iterator

import pytest

from chat import waiting
from tests.letters import Letter, delivered, letters
from tests.market import Deal, passes, unnoticed


@pytest.fixture(autouse=True)
def _post(trade: None) -> Iterator[None]:
    # From here on the messages are looked at.
    passes(seconds=1)
    with delivered():
        yield


def waited(deal: Deal) -> list[tuple[str, int]]:
    """Who was told of how many messages."""
    return [(letter.who, letter.facts["count"]) for letter in notices(deal)]


def notices(deal: Deal) -> list[Letter]:
    return [letter for letter in letters(deal) if letter.notice == "messages.waiting"]


def test_who_has_not_read_for_a_quarter_of_an_hour_is_told_once(deal: Deal) -> None:
    deal.kim.does("message.send", text="Are you there?")
    deal.kim.does("message.send", text="Hello?")
    passes(minutes=14)
    assert waited(deal) == []
    passes(minutes=2)
    assert waited(deal) == [("sam", 2)]
    passes(days=1)
    assert waited(deal) == [("sam", 2)]


def test_a_later_message_is_told_of_without_the_ones_before(deal: Deal) -> None:
    deal.kim.does("message.send")
    passes(hours=1)
    deal.kim.does("message.send")
    passes(hours=1)
    assert waited(deal) == [("sam", 1), ("sam", 1)]


def test_what_was_read_on_one_device_is_told_on_none(deal: Deal) -> None:
    deal.kim.does("message.send")
    deal.sam.does("message.send")
    passes(minutes=10)
    deal.sam.does("thread.read", seq=deal.head())
    passes(hours=1)
    assert waited(deal) == [("kim", 1)]


def test_a_muted_thread_is_not_told_of_but_its_order_s_steps_are(deal: Deal) -> None:
    deal.sam.does("thread.mute", on=True)
    deal.kim.does("message.send")
    deal.kim.does("order.withdraw")
    passes(hours=1)
    assert waited(deal) == []
    assert "order.withdrawn" in [letter.notice for letter in letters(deal)]


def test_all_of_a_person_s_threads_are_told_of_together(deal: Deal) -> None:
    other, silent = deal.again(title="A banner"), deal.again(title="A card")
    deal.kim.does("message.send")
    passes(minutes=5)
    for _ in range(2):
        other.kim.does("message.send")
    silent.sam.does("thread.mute", on=True)
    silent.kim.does("message.send")
    passes(hours=1)
    assert waited(deal) == [("sam", 3)]
    [notice] = notices(deal)
    assert (notice.payload["thread"], notice.payload["order"]) == (None, None)
    rows = [(row["title"], row["thread"], row["other"], row["count"]) for row in notice.facts["threads"]]
    assert rows == [("A banner", other.thread, "Kim", 2), ("A logo", deal.thread, "Kim", 1)]


def test_a_message_that_was_deleted_meanwhile_is_not_waiting(deal: Deal) -> None:
    deal.kim.does("message.send", text="Kept")
    sent = deal.kim.does("message.send", text="A slip")
    deal.kim.does("message.redact", target=sent["seq"])
    passes(hours=1)
    assert waited(deal) == [("sam", 1)]
    only = deal.again()
    passes(hours=3)
    sent = only.kim.does("message.send")
    only.kim.does("message.redact", target=sent["seq"])
    passes(hours=1)
    assert waited(deal) == [("sam", 1)]


def test_no_word_of_a_message_is_in_the_notice(deal: Deal) -> None:
    deal.kim.does("message.send", text="call me at home")
    passes(hours=1)
    assert len(notices(deal)) == 1
    assert "home" not in json.dumps(notices(deal)[0].payload)


def test_a_server_that_slept_tells_of_it_when_it_wakes_and_two_looks_tell_once(deal: Deal) -> None:
    deal.kim.does("message.send")
    unnoticed(days=3)
    for _ in range(3):
        waiting.look()
    passes(seconds=1)
    assert waited(deal) == [("sam", 1)]
