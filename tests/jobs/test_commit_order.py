"""Ids are given before the commit: a reader that goes on from the last id loses rows, ours does not."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction

from chat import jobs
from chat.models import Job
from tests.jobs.effects import count_on, written
from tests.market import now

pytestmark = pytest.mark.postgres


class Cursor:
    """The reader that everybody writes first: what is new is what has a larger id than the last one seen."""

    def __init__(self, kind: str) -> None:
        self.kind, self.last = kind, 0

    def reads(self) -> list[str]:
        rows = list(Job.objects.filter(kind=self.kind, id__gt=self.last).order_by("id"))
        self.last = rows[-1].pk if rows else self.last
        return [row.key for row in rows]


@pytest.fixture
def slow_writer(kind: str) -> Iterator[Callable[[], None]]:
    """Somebody in a thread who wrote `early` and has not committed yet; called, they do."""
    wrote, commit = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            jobs.enqueue(kind, "early", {"name": "early"}, now())
            wrote.set()
            commit.wait(30)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    assert wrote.wait(30)

    def go_on() -> None:
        commit.set()
        thread.join(30)

    yield go_on
    go_on()


def test_a_cursor_over_ids_loses_what_is_committed_late_and_a_lease_does_not(
    kind: str, slow_writer: Callable[[], None]
) -> None:
    count_on(kind)
    cursor, found = Cursor(kind), []
    jobs.enqueue(kind, "late", {"name": "late"}, now())
    found += cursor.reads()
    jobs.run_due()
    assert (found, written(kind)) == (["late"], ["late"])
    slow_writer()
    ids = dict(Job.objects.filter(kind=kind).values_list("key", "id"))
    assert ids["early"] < ids["late"]
    found += cursor.reads()
    jobs.run_due()
    assert found == ["late"]
    assert written(kind) == ["early", "late"]
