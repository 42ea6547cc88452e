"""Workers that are killed with -9 in the middle of a batch, and two at once: each job is done, and once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chat import jobs
from chat.models import Job
from tests.jobs.effects import written
from tests.market import elsewhere, meet, now, unnoticed
from tests.services.server import Server
from tests.stack import Stack

ROOT = Path(__file__).resolve().parents[2]
MANY = 60
NAMES = [f"{n:03}" for n in range(MANY)]

Start = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def start(kind: str, trading_place: str) -> Iterator[Start]:
    """Start workers beside this process, for many jobs. What still runs at the end is killed."""
    running: list[subprocess.Popen[str]] = []

    def start_one() -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.jobs.worker", kind]
        env = {**os.environ, "DATABASE_URL": trading_place, "JOB_LEASE_S": "1"}
        worker = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        running.append(worker)
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        return worker

    for name in NAMES:
        jobs.enqueue(kind, name, {"name": name}, now())
    yield start_one
    for worker in running:
        worker.kill()
        worker.wait()
        assert worker.stdout is not None
        worker.stdout.close()


def until_done(kind: str, many: int) -> None:
    deadline = time.monotonic() + 60
    while len(written(kind)) < many:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_two_workers_share_the_jobs_and_do_each_once(kind: str, start: Start) -> None:
    for worker in [start(), start()]:
        assert worker.wait(60) == 0
    assert written(kind) == NAMES


def test_workers_killed_in_the_middle_of_a_batch_lose_and_double_nothing(kind: str, start: Start) -> None:
    for goal in (jobs.BATCH // 2, jobs.BATCH + jobs.BATCH // 2):
        worker = start()
        until_done(kind, goal)
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
        assert goal <= len(written(kind)) < MANY
    assert start().wait(60) == 0
    assert written(kind) == NAMES


def test_a_worker_killed_beside_another_leaves_all_its_jobs_to_that_one(kind: str, start: Start) -> None:
    first, second = start(), start()
    until_done(kind, 5)
    first.send_signal(signal.SIGKILL)
    assert second.wait(60) == 0
    assert written(kind) == NAMES


def test_a_server_killed_on_its_clock_s_round_warns_everybody_once_after_all(
    stack: Stack, start_server: Callable[..., Server]
) -> None:
    """Sixty orders are to be warned of at once; the server is killed when some of them are, and started again."""
    url = stack.new_database()
    with elsewhere(url):
        people = meet()
        orders = {people.order, *(people.again().order for _ in range(MANY - 1))}
        server = start_server(DATABASE_URL=url)
        unnoticed(hours=25)
        until_warned(1)
        server.kill()
        assert len(warned()) < MANY
        server.start()
        until_warned(MANY)
        assert sorted(warned()) == sorted(orders)


def warned() -> list[str]:
    rows = Job.objects.filter(kind="notice", payload__notice="reminder.start_by")
    return [row.payload["order"] for row in rows]


def until_warned(many: int) -> None:
    deadline = time.monotonic() + 60
    while len(warned()) < many:
        assert time.monotonic() < deadline
