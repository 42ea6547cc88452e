"""The two stacks that the same tests run on: embedded (SQLite, one process), and PostgreSQL with Redis."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.services.postgres import Postgres
from tests.services.valkey import Valkey

ROOT = Path(__file__).resolve().parent.parent
# The logs of the last run of each stack stay here, for whoever wonders why it failed.
LOGS = ROOT / ".cache" / "logs"

SERVICE_KEY = "sk_test_0123456789abcdef0123456789abcdef"
JWT_SECRET = "a secret of the tests, shared with their marketplace"

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "settings",
    "SECRET_KEY": "a secret of the tests, long enough for anyone",
    "JWT_SECRET": JWT_SECRET,
    "SERVICE_KEY": SERVICE_KEY,
    "TEST_CLOCK": "1",
    # Tests of a limit start a server of their own with that limit; all the others must never meet one.
    "UNLIMITED_WRITES": "1",
    "MAX_SOCKETS_PER_USER": "1000",
    "MAX_HELLOS_PER_ADDRESS": "1000",
}
# What a developer may have exported and no test expects. An empty value is an unset one.
UNSET = (
    "ALLOWED_HOSTS", "ALLOWED_ORIGINS", "DEBUG", "DEMO", "EMAIL_URL", "HTTPS", "JWT_JWKS", "PAYMENT", "PORT", "PROFILE",
    "PUBLIC_URL",
)  # fmt: skip


@dataclass(frozen=True)
class Stack:
    """Where the servers under test keep their data. The services are here to be killed and paused."""

    name: str
    database_url: str
    redis_url: str | None
    workers: int
    home: Path
    postgres: Postgres | None = None
    valkey: Valkey | None = None
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def environment(self) -> dict[str, str]:
        """What the server needs in its environment to run on this stack."""
        place = {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url or ""}
        return {**dict.fromkeys(UNSET, ""), **ENVIRONMENT, **place}

    def new_database(self) -> str:
        """The address of one more database, migrated: for tests that turn the clock or count all rows."""
        name = f"test_{next(self._numbers)}"
        if self.postgres is None:
            url = f"sqlite:///{self.home}/{name}.sqlite3"
        else:
            self.postgres.execute(f"CREATE DATABASE {name}")
            url = self.postgres.url(name)
        migrate(url)
        return url

    def log(self, name: str) -> Path:
        """A new file for the output of one more program."""
        return self.home / f"{name}-{next(self._numbers)}.log"

    def start(self) -> None:
        """Start the services and migrate the database that all tests share."""
        if self.postgres:
            self.postgres.start()
        if self.valkey:
            self.valkey.start()
        migrate(self.database_url)

    def stop(self) -> None:
        """End the services and keep what they logged."""
        if self.valkey:
            self.valkey.stop()
        if self.postgres:
            self.postgres.stop()
        kept = LOGS / self.name
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True, exist_ok=True)
        for log in self.home.rglob("*.log"):
            shutil.copy(log, kept)


def migrate(url: str) -> None:
    """Bring a database to the present schema as an operator would: by the command."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    env = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"migrate failed:\n{done.stdout}{done.stderr}")


@contextmanager
def prepare(name: str) -> Iterator[Stack]:
    """Lay out a stack without starting it: its addresses are known, and kept free, from here on."""
    home = Path(tempfile.mkdtemp(prefix="order-threads-"))
    try:
        if name == "sqlite":
            yield Stack(name, f"sqlite:///{home}/shared.sqlite3", None, 1, home)
            return
        # PostgreSQL runs as another user when the tests run as root, and has to reach its folder.
        home.chmod(0o711)
        for service in ("postgres", "valkey"):
            (home / service).mkdir()
        postgres, valkey = Postgres(home / "postgres"), Valkey(home / "valkey")
        yield Stack(name, postgres.url(), valkey.url, 2, home, postgres, valkey)
    finally:
        shutil.rmtree(home, ignore_errors=True)
