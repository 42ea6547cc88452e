"""The locks: one environment serves all of them, and they name no registry."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("run", "test", "dev")


def pins(lock: str) -> set[str]:
    """The pinned packages of a lock with their hashes, each as one line; where one is not needed is left out."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    return {re.sub(r" ;.*?(?= --hash)", "", " ".join(line.split())) for line in text.replace("\\\n", " ").splitlines()}


@pytest.mark.parametrize(("smaller", "larger"), [("run", "test"), ("test", "dev")])
def test_a_smaller_lock_lies_whole_in_the_larger_one(smaller: str, larger: str):
    """Whoever installed the larger runs the server with exactly the versions of run.txt."""
    assert len(pins(smaller)) > 20
    assert pins(smaller) - pins(larger) == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str):
    assert [pin for pin in pins(lock) if "==" not in pin or "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_of_pip_names_a_host(lock: str):
    assert "://" not in (ROOT / "requirements" / f"{lock}.txt").read_text()


def test_no_lock_of_npm_names_a_host():
    for file in ROOT.glob("tests/**/package-lock.json"):
        packages = json.loads(file.read_text())["packages"]
        assert [name for name, package in packages.items() if "resolved" in package] == []
        assert [name for name, package in packages.items() if name and "integrity" not in package] == []
