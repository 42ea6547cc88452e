"""Jobs: what is to be done after a commit, written by the very transaction that wants it done, and done once.

A worker takes a batch for a short lease and runs each job in one transaction with the job's end, so that a worker
killed at any point neither loses nor doubles what its handlers write. A handler whose effect lies outside (`outside`)
may be run again for a job that was nearly done: at least once. Where that matters its payload holds an idempotency key.

Workers look for what is due and unleased, never beyond a last id: ids are given before the commit, so that a smaller
one may appear after a larger. `run_at` is trade time, leases and backoff are real time, both by the database's clock.
"""

import logging
import os
import random
import socket
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from chat import installation
from chat.models import Job

logger = logging.getLogger(__name__)

WAITING, DONE, DEAD = "waiting", "done", "dead"
BATCH = 20
BACKOFF_CAP_S = 3600.0
KEPT = timedelta(days=30)
ERROR = 500

# Is given the payload; raises whatever it likes to be tried again later.
Handler = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Duty:
    """How jobs of a kind are done. `outside`: the effect is not in this database, so no transaction waits for it."""

    handler: Handler
    outside: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt: done, failed, dead, or lost to another worker."""

    kind: str
    result: str


_duties: dict[str, Duty] = {}


def handles(kind: str, *, outside: bool = False) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of this kind, from an AppConfig's ready(). Others of the kind just wait."""

    def register(handler: Handler) -> Handler:
        _duties[kind] = Duty(handler, outside)
        return handler

    return register


def enqueue(kind: str, key: str, payload: dict[str, Any], run_at: datetime) -> None:
    """Have it done at `run_at` (trade time), once per (kind, key), if the caller's transaction commits."""
    enqueue_all([Job(kind=kind, key=key, payload=payload, run_at=run_at)])


def enqueue_all(wanted: Iterable[Job]) -> None:
    """The same for several, in one statement."""
    Job.objects.bulk_create(wanted, ignore_conflicts=True)


def run_batch(stop: Callable[[], bool] = lambda: False) -> list[Outcome]:
    """Do a batch of what is due. Empty where nothing is, or other workers have it all.

    Once `stop()` is true no further job is begun, and the rest is free for other workers at once.
    """
    owner = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    outcomes = []
    for job in claim(owner):
        if stop():
            _mine(job, owner).update(owner="", leased_until=None)
        else:
            outcomes.append(Outcome(job.kind, _run(job, owner)))
    return outcomes


def run_due() -> None:
    """Do all that is due, what that makes due, and wait for what another worker is doing (the test clock's)."""
    # All but what failed and was put off.
    while _due().exclude(owner="", leased_until__gt=Now()).exists():
        if not run_batch():
            time.sleep(0.005)


def claim(owner: str) -> list[Job]:
    """Take a batch for one lease. Rows that another worker is taking are passed over, not waited for."""
    if not _free().exists():
        return []
    with transaction.atomic():
        # SQLite has no row locks: there the transaction itself began with the only write lock (IMMEDIATE).
        rows = list(_free().select_for_update(skip_locked=True).order_by("run_at", "id")[:BATCH])
        worn = [job.pk for job in rows if job.attempts >= settings.ENV.job_attempts]
        Job.objects.filter(pk__in=worn).update(
            state=DEAD, owner="", leased_until=None, last_error="Its worker ended in the middle of every attempt."
        )
        taken = [job for job in rows if job.pk not in worn]
        Job.objects.filter(pk__in=[job.pk for job in taken]).update(owner=owner, leased_until=_in(_lease()))
    return taken


def _run(job: Job, owner: str) -> str:
    duty = _duties[job.kind]
    try:
        if not _begin(job, owner):
            return "lost"
        if duty.outside:
            duty.handler(job.payload)
            _finish(job, owner)
            return "done"
        with transaction.atomic():
            # Held to the end: no other worker takes it meanwhile, however long the lease is over.
            if _mine(job, owner).select_for_update().first() is None:
                return "lost"
            duty.handler(job.payload)
            _finish(job, owner)
        return "done"
    except Exception as fault:
        logger.exception("the job %s %s failed", job.kind, job.key)
        return _failed(job, owner, fault)


def _begin(job: Job, owner: str) -> bool:
    """Count the attempt before it can go wrong, and have a whole lease for it. False where the lease was lost."""
    return bool(_mine(job, owner).update(attempts=F("attempts") + 1, leased_until=_in(_lease())))


def _finish(job: Job, owner: str) -> None:
    _mine(job, owner).update(state=DONE, owner="", leased_until=None, last_error="", done_at=Now())


def _failed(job: Job, owner: str, fault: Exception) -> str:
    """Put it off, longer each time and never all at once; after the last attempt it is a dead letter."""
    tries = job.attempts + 1
    error = f"{type(fault).__name__}: {fault}"[:ERROR].replace("\0", "")
    if tries >= settings.ENV.job_attempts:
        _mine(job, owner).update(state=DEAD, owner="", leased_until=None, last_error=error)
        return "dead"
    wait = min(settings.ENV.job_backoff_s * 2 ** (tries - 1), BACKOFF_CAP_S)
    wait *= random.uniform(0.5, 1)  # noqa: S311 - spreads attempts, no secret
    _mine(job, owner).update(owner="", leased_until=_in(timedelta(seconds=wait)), last_error=error)
    return "failed"


def _due() -> QuerySet[Job]:
    return Job.objects.filter(state=WAITING, run_at__lte=installation.now(), kind__in=list(_duties))


def _free() -> QuerySet[Job]:
    return _due().filter(Q(leased_until=None) | Q(leased_until__lte=Now()))


def _mine(job: Job, owner: str) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, owner=owner, state=WAITING)


def _lease() -> timedelta:
    return timedelta(seconds=settings.ENV.job_lease_s)


def _in(span: timedelta) -> Any:
    return Now() + span


def next_at(now: datetime) -> datetime | None:
    """When the first job after `now` is due."""
    rows = Job.objects.filter(state=WAITING, kind__in=list(_duties), run_at__gt=now)
    return rows.order_by("run_at").values_list("run_at", flat=True).first()
