"""What every measured server stands on: one PostgreSQL that really flushes, one Valkey, and the environment.

Must never be shared with the tests: theirs runs without fsync.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from tests.services.postgres import Postgres
from tests.services.valkey import Valkey

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".cache" / "logs" / "bench"
JWT_SECRET = "a secret of the bench, shared with its own tokens"  # noqa: S105 - of servers that live for minutes

ENVIRONMENT = {
    "SECRET_KEY": "a secret of the bench, long enough for anyone",
    "JWT_SECRET": JWT_SECRET,
    "SERVICE_KEY": "sk_bench_0123456789abcdef0123456789abcdef",
    # The generator is a few addresses and sends as fast as it is answered.
    "UNLIMITED_WRITES": "1",
    "MAX_SOCKETS_PER_USER": "10000",
    "MAX_HELLOS_PER_ADDRESS": "10000",
}
UNSET = ("ALLOWED_HOSTS", "ALLOWED_ORIGINS", "DEBUG", "DEMO", "HTTPS", "JWT_JWKS", "PORT", "TEST_CLOCK")


class Stage:
    """The services, running, and a folder for logs."""

    def __init__(self, home: Path) -> None:
        self.home = home
        for service in ("postgres", "valkey"):
            (home / service).mkdir()
        self.postgres = Postgres(home / "postgres", fsync=True)
        self.valkey = Valkey(home / "valkey")
        self._numbers = count(1)
        # For every server that is started on it from now on.
        self.extra: dict[str, str] = {}

    def log(self, name: str) -> Path:
        return self.home / f"{name}-{next(self._numbers)}.log"

    def environment(self, database: str) -> dict[str, str]:
        """What a server needs on top of this process's environment."""
        place = {"DATABASE_URL": self.postgres.url(database), "REDIS_URL": self.valkey.url}
        return {**dict.fromkeys(UNSET, ""), **ENVIRONMENT, "PYTHONPATH": str(ROOT), **place, **self.extra}

    def create(self, database: str, settings: str) -> None:
        """A new database with the tables of that Django project."""
        self.postgres.execute(f"CREATE DATABASE {database}")
        self.migrate(database, settings)

    def migrate(self, database: str, settings: str, *options: str) -> None:
        command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", *options]
        env = {**os.environ, **self.environment(database), "DJANGO_SETTINGS_MODULE": settings}
        subprocess.run(command, cwd=ROOT, env=env, check=True)

    def ask(self, database: str, query: str) -> str:
        """The one value of the one row that this query finds."""
        with psycopg.connect(self.postgres.url(database)) as connection:
            row = connection.execute(query.encode()).fetchone()
        return "" if row is None else str(row[0])


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage with its services up; whatever happens, down again, with the logs kept in .cache/logs/bench."""
    home = Path(tempfile.mkdtemp(prefix="order-threads-bench-"))
    # PostgreSQL runs as another user when this runs as root, and has to reach its folder.
    home.chmod(0o711)
    set_up = Stage(home)
    try:
        set_up.postgres.start()
        set_up.valkey.start()
        yield set_up
    finally:
        set_up.valkey.stop()
        set_up.postgres.stop()
        LOGS.mkdir(parents=True, exist_ok=True)
        for log in home.rglob("*.log"):
            shutil.copy(log, LOGS)
        shutil.rmtree(home, ignore_errors=True)
