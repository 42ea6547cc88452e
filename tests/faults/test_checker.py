"""The checker is believed only because it finds what we hid from it, and nothing where nothing is."""

import ast
from pathlib import Path

import pytest

from tests.faults import proof
from tests.faults.model.bugs import Bug

PRODUCT = {"api", "chat", "consumers", "orders", "web", "settings", "routing", "urls", "django", "channels"}


@pytest.mark.parametrize("bug", list(Bug), ids=lambda bug: bug.name.lower())
def test_a_planted_bug_is_caught(bug: Bug) -> None:
    assert proof.caught(bug), f"{bug.name} went unseen in {proof.TRIES} histories"


def test_a_right_model_is_found_right() -> None:
    assert proof.false_alarms() == []


def test_the_same_seed_is_the_same_history() -> None:
    first, second = proof.play(7), proof.play(7)
    assert first[0].events == second[0].events
    assert len(first[0].events) > 300


def test_the_checker_knows_nothing_of_the_product() -> None:
    for file in (Path(__file__).parent / "checker").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not {name.split(".")[0] for name in names} & PRODUCT, file.name
            assert all(not name.startswith("tests.") or name.startswith("tests.faults.checker") for name in names)
