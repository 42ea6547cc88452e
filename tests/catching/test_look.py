"""Where a find stands in what was written, numbers in pieces, and texts made to be slow."""

import time

import pytest

from chat.catching.look import NOTHING, completes, look, piece_at_a_glance
from tests.catching.evil import texts

# Far more than is needed on an idle machine (bench/README.md), far less than anything that is not linear takes.
BOUND_S = 0.4


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("Straße, œuvre, call 0151\u200b2345678 now", "phone", "0151\u200b2345678"),
        ("ﬁn ½ kim＠example.com!", "email", "kim＠example.com"),
        ("e\u0301te\u0301 (415) 555-2671", "phone", "(415) 555-2671"),
        ("🙂🙂 +49 151 23456789 🙂", "phone", "+49 151 23456789"),
        ("see 𝗲𝘅𝗮𝗺𝗽𝗹𝗲.𝗰𝗼𝗺.", "link", "𝗲𝘅𝗮𝗺𝗽𝗹𝗲.𝗰𝗼𝗺"),
    ],
)
def test_a_find_names_its_place_in_what_was_written(text: str, kind: str, said: str) -> None:
    (find,) = look(text).finds
    assert (find.kind, text[find.start : find.end]) == (kind, said)


def test_two_numbers_side_by_side_are_two() -> None:
    assert len(look("0612345678 0698765432").finds) == 2


def test_a_few_digits_are_told_at_a_glance_and_what_may_be_caught_is_not() -> None:
    assert [piece_at_a_glance(text) for text in ("hello", "message 123", "17 of 200", "0151", "on 24.11.2026")] == [
        *("", "123", "17200", "0151", ""),
    ]
    for text in ("call 0151 23456789", "kim@example.com", "o151 2345678", "pay outside " * 40 + "4567"):
        assert piece_at_a_glance(text) is None


def test_a_number_in_pieces_is_found_with_its_last_piece() -> None:
    assert look("0151").piece
    assert look("then 23456789").piece
    assert look("then 23456789").finds == ()
    assert completes(["hello", "0151"], "then 23456789") == (5, 13, "phone")
    assert completes(["0151", "and 234", "ok"], "567 89 it is") == (0, 6, "phone")
    assert completes(["null one five one"], "23456789") == (0, 8, "phone")


@pytest.mark.parametrize(
    ("earlier", "text"),
    [
        ([], "0151"),
        (["I need 250 pieces"], "no, 2500 pieces"),
        (["order 0151"], "23456789"),
        (["see you at 10:30"], "or at 18 45 30"),
        (["it costs 0.75"], "or 123 45 67"),
    ],
)
def test_figures_in_several_messages_are_no_number_by_themselves(earlier: list[str], text: str) -> None:
    assert completes(earlier, text) is None


def test_a_plain_text_is_left_at_a_glance() -> None:
    assert look("Could you make the logo a bit bigger?") is NOTHING


@pytest.mark.parametrize("name", texts())
def test_a_text_made_to_be_slow_is_read_in_bounded_time(name: str) -> None:
    text = texts()[name]
    began = time.process_time()
    look(text)
    completes([text, text], text)
    assert time.process_time() - began < BOUND_S
