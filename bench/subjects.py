"""The servers that are measured, each started as its own documentation says, and what the bench must know of them.

Must never be told that they are measured: no setting here makes one faster, only limits are lifted (stage.py).
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from bench.filling import fill_usual
from bench.load.work import Work
from bench.names import Seat
from bench.stage import JWT_SECRET, ROOT, Stage
from tests.services.ports import reserve_port
from tests.services.process import Process
from tests.services.server import Server

TUTORIAL = "bench.baselines.tutorial"


@dataclass
class Subject:
    """A running server. `rows` counts the messages its database holds."""

    name: str
    speech: str
    process: Process
    rows: Callable[[], int]
    epoch: str = ""
    sessions: dict[str, str] | None = None

    @property
    def pid(self) -> int:
        assert self.process.child is not None
        return self.process.child.pid

    def work(self, kind: str, seats: list[Seat], **more: object) -> Work:
        """Work on this server for one process of the generator."""
        if self.sessions is not None:
            seats = [replace(seat, credential=self.sessions[seat.user]) for seat in seats]
        work = Work(kind, self.speech, self.process.port, tuple(seats), JWT_SECRET, self.epoch)
        return replace(work, **more)  # type: ignore[arg-type]

    def stop(self) -> None:
        # Nothing is measured any more: a server need not say goodbye to the sockets of a generator that has left.
        self.process.kill()


def prepare_ours(stage: Stage, database: str = "ours") -> None:
    """A database of ours with the usual threads."""
    stage.create(database, "settings")
    fill_usual(stage.postgres.url(database))


def ours(stage: Stage, *, workers: int = 1, database: str = "ours", name: str = "ours") -> Subject:
    """`manage.py serve` on a prepared database."""
    server = Server(stage.log(name.replace(" ", "-")), workers=workers, env=stage.environment(database))
    server.start()

    def rows() -> int:
        return int(stage.ask(database, "SELECT count(*) FROM chat_entry WHERE kind = 'message'"))

    epoch = stage.ask(database, "SELECT epoch FROM chat_installation")
    return Subject(name, "ours", server.process, rows, epoch)


def prepare_tutorial(stage: Stage) -> dict[str, str]:
    """The tutorial's database with the same people and threads; returns everyone's session."""
    stage.create("tutorial", f"{TUTORIAL}.settings")
    # Its own tables refer to those of the first step, and have no migration.
    stage.migrate("tutorial", f"{TUTORIAL}.settings", "--run-syncdb")
    env = {**os.environ, **stage.environment("tutorial")}
    command = [sys.executable, "-m", f"{TUTORIAL}.fill"]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
    sessions: dict[str, str] = json.loads(done.stdout)
    return sessions


def tutorial(stage: Stage, sessions: dict[str, str]) -> Subject:
    """`daphne`, as the tutorial says, on its prepared database."""

    def rows() -> int:
        return int(stage.ask("tutorial", "SELECT count(*) FROM tutorial_message"))

    env = stage.environment("tutorial")
    process = _daphne("tutorial", f"{TUTORIAL}.asgi:application", stage.log("tutorial"), env)
    return Subject("tutorial", "tutorial", process, rows, sessions=sessions)


def echo(stage: Stage) -> Subject:
    """`daphne` and nothing behind it."""
    process = _daphne("echo", "bench.baselines.echo:application", stage.log("echo"), stage.environment("postgres"))
    return Subject("echo", "echo", process, lambda: 0)


def _daphne(name: str, application: str, log: Path, env: dict[str, str]) -> Process:
    process = Process(name, reserve_port(), log)

    def answers() -> bool:
        with closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", process.port)) == 0

    command = [sys.executable, "-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(process.port), application]
    process.launch(command, answers, env={**os.environ, **env}, cwd=ROOT)
    return process
