"""What people write and what of it is caught: precision and recall of each kind, printed, and never below what they were."""

import tomllib
from pathlib import Path

import pytest

from chat.catching.kinds import KINDS
from chat.catching.look import look

CORPUS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "corpus.toml").read_text("utf-8"))
PRECISION, RECALL = 0.95, 0.9
INNOCENT = 0.03


def kinds_in(text: str) -> set[str]:
    return {find.kind for find in look(text).finds}


def test_the_corpus_is_large_enough_to_say_something() -> None:
    assert set(CORPUS) == {*KINDS, "nothing"}
    assert sum(len(CORPUS[kind]) for kind in KINDS) >= 150
    assert len(CORPUS["nothing"]) >= 150


@pytest.mark.parametrize("kind", KINDS)
def test_nearly_all_that_is_there_is_found_and_little_else(kind: str) -> None:
    missed = [text for text in CORPUS[kind] if kind not in kinds_in(text)]
    false = [text for text in CORPUS["nothing"] if kind in kinds_in(text)]
    true = len(CORPUS[kind]) - len(missed)
    precision, recall = true / (true + len(false)), true / len(CORPUS[kind])
    print(
        f"{kind}: precision {precision:.3f}, recall {recall:.3f} of {len(CORPUS[kind])}; missed {missed}, false {false}"
    )
    assert recall >= RECALL, missed
    assert precision >= PRECISION, false


def test_innocent_talk_is_left_alone() -> None:
    caught = {text: kinds for text in CORPUS["nothing"] if (kinds := kinds_in(text))}
    print(f"innocent: {len(caught)} of {len(CORPUS['nothing'])} caught: {caught}")
    assert len(caught) <= INNOCENT * len(CORPUS["nothing"])
