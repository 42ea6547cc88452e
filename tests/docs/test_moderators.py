"""The moderators' guide leaves out nothing that they can do."""

from pathlib import Path

from consumers.vocabulary import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def test_a_moderator_finds_every_command_in_the_guide() -> None:
    page = (ROOT / "docs" / "moderators.md").read_text()
    commands = [name for name in COMMANDS if name.startswith("moderation.")]
    assert len(commands) > 10
    shortened = page.replace("`, `.", "`, `moderation.")
    assert [name for name in commands if f"`{name}`" not in shortened] == []


def test_the_program_that_a_court_runs_fits_on_two_pages() -> None:
    assert len((ROOT / "docs" / "verify_evidence.py").read_text().splitlines()) < 100
