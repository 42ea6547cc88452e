"""Jobs in one process: written with what wants them, done once, tried again, and at last laid aside."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from chat import deadletters, jobs
from chat.models import Job
from tests.jobs.effects import count_on, set_to, write, written
from tests.market import now, unnoticed


def ask(kind: str, name: str, at: datetime | None = None) -> None:
    jobs.enqueue(kind, name, {"name": name}, at or now())


def row(kind: str, name: str) -> Job:
    return Job.objects.get(kind=kind, key=name)


def real_now() -> datetime:
    return datetime.now(UTC)


def work() -> list[str]:
    return [each.result for each in jobs.run_batch()]


def told(*words: str) -> str:
    out = io.StringIO()
    call_command("jobs", *words, stdout=out)
    return out.getvalue()


def test_a_job_is_there_if_and_only_if_what_wanted_it_was_committed(kind: str) -> None:
    count_on(kind)
    with transaction.atomic():
        ask(kind, "undone")
        transaction.set_rollback(True)
    with transaction.atomic():
        ask(kind, "kept")
    jobs.run_due()
    assert written(kind) == ["kept"]


def test_a_job_that_is_wanted_twice_is_done_once_before_and_after(kind: str) -> None:
    count_on(kind)
    ask(kind, "a letter")
    ask(kind, "a letter")
    jobs.run_due()
    ask(kind, "a letter")
    jobs.run_due()
    assert written(kind) == ["a letter"]


def test_a_job_waits_for_its_time_in_the_trade(kind: str) -> None:
    count_on(kind)
    ask(kind, "later", now() + timedelta(hours=2))
    jobs.run_due()
    assert written(kind) == []
    unnoticed(hours=2)
    jobs.run_due()
    assert written(kind) == ["later"]


def test_a_kind_that_nobody_does_yet_waits_and_holds_up_nothing(kind: str) -> None:
    ask(f"{kind}-new", "first")
    count_on(kind)
    ask(kind, "second")
    jobs.run_due()
    assert written(kind) == ["second"]
    count_on(f"{kind}-new")
    jobs.run_due()
    assert written(f"{kind}-new") == ["first"]


def test_a_job_that_fails_writes_nothing_and_is_tried_again(kind: str) -> None:
    faults = [ZeroDivisionError("once")]

    def fail_once(name: str) -> None:
        if faults:
            raise faults.pop()

    count_on(kind, fail_once)
    ask(kind, "shaky")
    with set_to(job_backoff_s=0):
        assert "failed" in work()
        assert written(kind) == []
        assert "ZeroDivisionError: once" in row(kind, "shaky").last_error
        jobs.run_due()
    assert written(kind) == ["shaky"]
    assert (row(kind, "shaky").attempts, row(kind, "shaky").last_error) == (2, "")


def test_each_attempt_waits_twice_as_long_and_not_all_at_the_same_moment(kind: str) -> None:
    def fail(name: str) -> None:
        raise ZeroDivisionError

    count_on(kind, fail)
    for name in "abcdef":
        ask(kind, name)
    with set_to(job_backoff_s=1000, job_attempts=99):
        for attempt in range(1, 8):
            Job.objects.filter(kind=kind).update(leased_until=None)
            assert work() == ["failed"] * 6
            waits = [(row(kind, name).leased_until or now()) - real_now() for name in "abcdef"]
            whole = min(1000 * 2 ** (attempt - 1), 3600)
            assert all(whole / 2 - 60 < wait.total_seconds() <= whole for wait in waits)
            assert len(set(waits)) > 1
        assert work() == []
    Job.objects.filter(kind=kind).delete()


def test_after_its_last_attempt_a_job_is_laid_aside_where_an_operator_sees_it_and_has_it_done(kind: str) -> None:
    broken = True

    def fail(name: str) -> None:
        if broken:
            raise ZeroDivisionError("the cable is cut")

    count_on(kind, fail)
    ask(kind, "letter")
    assert f"{kind}  letter  0 attempts" in told("list", "--kind", kind)
    with set_to(job_backoff_s=0, job_attempts=3):
        jobs.run_due()
    assert written(kind) == []
    assert deadletters.counts()["dead"] == 1
    assert kind not in told("list", "--kind", kind)
    assert f"{kind}  letter  3 attempts  ZeroDivisionError: the cable is cut" in told("dead")
    with pytest.raises(CommandError):
        told("replay", "0")
    broken = False
    assert told("replay", str(row(kind, "letter").pk)) == "1 to be tried again\n"
    jobs.run_due()
    assert (written(kind), told("dead")) == (["letter"], "")


def test_a_lease_that_was_lost_meanwhile_ends_an_attempt_without_effect(kind: str) -> None:
    """A worker that slept through its lease wakes to find that another has the job."""

    def lose(name: str) -> None:
        Job.objects.filter(kind=kind).update(owner="another")

    count_on(kind)
    ask(kind, "mine")
    claimed = jobs.claim("me")
    assert [job.key for job in claimed if job.kind == kind] == ["mine"]
    lose("mine")
    assert [jobs._run(job, "me") for job in claimed] == ["lost"]
    assert written(kind) == []
    Job.objects.filter(kind=kind).update(owner="", leased_until=None)
    jobs.run_due()
    assert written(kind) == ["mine"]


def test_a_worker_that_is_to_end_leaves_what_it_has_not_begun_to_others_at_once(kind: str) -> None:
    count_on(kind)
    for name in "abc":
        ask(kind, name)
    jobs.run_batch(lambda: written(kind) == ["a"])
    assert written(kind) == ["a"]
    jobs.run_batch()
    assert written(kind) == ["a", "b", "c"]


def test_what_lies_outside_may_happen_again_and_is_told_apart_by_its_key(kind: str) -> None:
    """The effect is there although its end was never written: the job is done once more, with the same payload."""
    seen: list[dict[str, Any]] = []

    @jobs.handles(kind, outside=True)
    def post(payload: dict[str, Any]) -> None:
        write(kind, payload["name"])
        seen.append(payload)
        if len(seen) == 1:
            raise ConnectionError("the answer was lost")

    ask(kind, "post")
    with set_to(job_backoff_s=0):
        jobs.run_due()
    assert written(kind) == ["post", "post"]
    assert seen[0] == seen[1]


def test_done_jobs_are_forgotten_after_a_month(kind: str) -> None:
    count_on(kind)
    ask(kind, "old")
    ask(kind, "young")
    jobs.run_due()
    Job.objects.filter(kind=kind, key="old").update(done_at=real_now() - timedelta(days=31))
    deadletters.forget_old()
    assert list(Job.objects.filter(kind=kind).values_list("key", flat=True)) == ["young"]
