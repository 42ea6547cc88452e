"""`manage.py demo`: what a person finds who tries the server out."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import httpx2

from tests.e2e.host import Host
from tests.services.server import ROOT, Server
from tests.stack import Stack
from tests.times import instant

STATES = ["closed", "delivered", "in_progress", "in_progress", "pending"]


def seed(server: Server) -> None:
    command = [sys.executable, "manage.py", "demo"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **server.env}, check=True, timeout=60)


def test_the_demo_s_orders_lie_minutes_hours_and_days_back_and_are_told_once(
    start_server: Callable[..., Server],
) -> None:
    server = start_server(fresh=True, DEMO="1")
    seed(server)
    seed(server)
    with httpx2.Client(base_url=server.url, timeout=30) as http:
        host = Host(http)
        rows = http.get("/api/v1/threads", headers=host.token("kim")).raise_for_status().json()["rows"]
        assert sorted(row["state"] for row in rows) == STATES
        last = [instant(row["last"]["at"]) for row in rows]
        spans = [first - second for first, second in pairwise(last)]
        assert min(spans) >= timedelta(minutes=30)
        assert max(spans) >= timedelta(days=1)
        # Now is now again: what is said next comes last.
        host.does("kim", rows[-1]["thread"], "message.send", text="Now.")
        said = instant(host.log("kim", rows[-1]["thread"])[-1]["at"])
        assert timedelta(minutes=10) < said - last[0] < timedelta(hours=1)


def test_nobody_is_sent_letters_about_the_demo_s_past(stack: Stack) -> None:
    env = {**os.environ, **stack.environment(), "DATABASE_URL": stack.new_database(), "DEMO": "1"}

    def manage(*command: str) -> str:
        arguments = [sys.executable, "manage.py", *command]
        return subprocess.run(
            arguments, cwd=ROOT, env=env, check=True, timeout=60, capture_output=True, text=True
        ).stdout

    manage("demo")
    assert manage("jobs", "list") == ""
