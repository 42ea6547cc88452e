"""What an operator sees of the jobs, and does about those that failed too often. Must never run one: workers do."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Now

from chat.jobs import DEAD, DONE, KEPT, WAITING
from chat.models import Job


@dataclass(frozen=True, slots=True)
class Listed:
    """One job that is not done. `run_at` is trade time; never its payload, which may name people."""

    id: int
    kind: str
    key: str
    state: str
    run_at: datetime
    attempts: int
    owner: str
    last_error: str


def listed(state: str, kind: str = "", limit: int = 100) -> list[Listed]:
    """The first jobs of this state, and kind if one is given, in the order in which they were due."""
    found = _of(state).filter(kind=kind) if kind else _of(state)
    rows = found.order_by("run_at", "id")[:limit]
    return [
        Listed(row.pk, row.kind, row.key, row.state, row.run_at, row.attempts, row.owner, row.last_error)
        for row in rows
    ]


def counts() -> dict[str, int]:
    """How many wait, and how many are dead letters."""
    return {state: _of(state).count() for state in (WAITING, DEAD)}


def replay(job: int | None = None) -> int:
    """Have one dead letter, or all of them, tried as often again; returns how many."""
    rows = _of(DEAD) if job is None else _of(DEAD).filter(pk=job)
    return rows.update(state=WAITING, attempts=0)


def lay_aside(kind: str) -> int:
    """Have what waits of this kind never done: nobody is waiting for it; returns how many."""
    return _of(WAITING).filter(kind=kind).update(state=DONE, done_at=Now())


def forget_old() -> int:
    """Drop what was done 30 days ago (real time); returns how many. Until then its key is not taken again."""
    return Job.objects.filter(state=DONE, done_at__lt=Now() - KEPT).delete()[0]


def _of(state: str) -> QuerySet[Job]:
    return Job.objects.filter(state=state)
