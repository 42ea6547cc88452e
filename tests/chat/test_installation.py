"""Trade time and the epoch: what this database is, and when (protocol.md §4, §10)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from chat import installation
from tests.stack import Stack

A_MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _undone(stack: Stack) -> Iterator[None]:
    """All tests share one database: whatever is changed here is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def behind() -> timedelta:
    """How far trade time is from real time."""
    return installation.now() - datetime.now(UTC)


def test_trade_time_is_utc_and_moves_on_for_good() -> None:
    assert installation.now().tzinfo is UTC
    before = behind()
    installation.move_clock(3600)
    installation.move_clock(5 * 366 * 86400)
    moved = behind() - before
    assert abs(moved - timedelta(days=5 * 366, hours=1)) < A_MINUTE


def test_without_test_clock_the_stored_offset_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    installation.move_clock(86400)
    monkeypatch.setattr(settings, "ENV", settings.ENV.model_copy(update={"test_clock": False}))
    assert abs(behind()) < A_MINUTE


def test_time_goes_on_within_a_transaction() -> None:
    first = installation.now()
    assert installation.now() > first


def test_a_restored_backup_gets_another_epoch() -> None:
    def manage(*words: str) -> str:
        out = StringIO()
        call_command("epoch", *words, stdout=out)
        return out.getvalue().strip()

    before = manage()
    assert before == installation.epoch() == manage()
    renewed = manage("--renew")
    assert renewed != before
    assert renewed == installation.epoch()
