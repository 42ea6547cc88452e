"""A PostgreSQL server of our own: the binaries of a wheel or of the system, a new data folder, TCP only."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from tests.services.ports import reserve_port
from tests.services.postgres_binaries import binaries, copy_for, runnable_by_all
from tests.services.process import Process

# PostgreSQL refuses to run as root. This is `nobody` on every system with a wheel for it.
NOBODY = 65534


class Postgres:
    """One server. `home` must be an empty folder that any user may go down to."""

    def __init__(self, home: Path, *, fsync: bool = False) -> None:
        self.home = home
        self.data = home / "data"
        self.fsync = fsync
        self.user = NOBODY if os.geteuid() == 0 else None
        self.process = Process("PostgreSQL", reserve_port(), home / "postgres.log")
        self.bin = binaries()

    def url(self, database: str = "postgres") -> str:
        """Where clients find a database of it. Everyone on this machine may."""
        return f"postgresql://postgres@127.0.0.1:{self.process.port}/{database}"

    def start(self) -> None:
        """Start, making the data folder the first time; also after kill(), where the others left off."""
        if not self.data.exists():
            self._initialise()
        settings = {
            "port": self.process.port,
            "listen_addresses": "127.0.0.1",
            # A socket's path may be too long, or in a folder of another user.
            "unix_socket_directories": "",
            # Off costs nothing to a test that kills processes, only to one that cuts the power: what was
            # committed has been written to the system either way.
            "fsync": "on" if self.fsync else "off",
            "full_page_writes": "on" if self.fsync else "off",
            "max_connections": 100,
            "shared_buffers": "64MB",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(self.bin / "postgres"), "-D", str(self.data), *options]
        for attempt in range(50):
            try:
                self.process.launch(command, self.answers, cwd=self.home, user=self.user)
                return
            except RuntimeError as failure:
                # Sessions that were killed a moment ago still let go of the shared memory.
                if "is still in use" not in str(failure) or attempt == 49:
                    raise
                time.sleep(0.1)

    def _initialise(self) -> None:
        if self.user is not None:
            if not runnable_by_all(self.bin / "postgres"):
                self.bin = copy_for(self.user, self.bin, self.home / "install")
            # initdb makes the data folder itself, and keeps it closed to all others.
            os.chown(self.home, self.user, self.user)
        subprocess.run(
            [
                self.bin / "initdb",
                "-D",
                self.data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "-N",
            ],
            check=True,
            capture_output=True,
            cwd=self.home,
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
        )

    def answers(self) -> bool:
        """True if a client can connect now."""
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def execute(self, statement: str) -> None:
        """Run one statement as the superuser, outside any transaction."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def stop(self) -> int:
        """Shut down in order, dropping whoever is connected."""
        return self.process.end(signal.SIGINT, timeout=20)

    def kill(self) -> None:
        """kill -9: nothing is flushed that was not flushed."""
        self.process.kill()

    def restart(self) -> None:
        """Stop in order and start again on the same port."""
        self.stop()
        self.start()
