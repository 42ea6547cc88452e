"""The server under test, started as anyone would start it: `manage.py serve`."""

import os
import signal
import sys
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.services.ports import reserve_port
from tests.services.process import Process

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """One `manage.py serve` with this process's environment and what `env` adds to it."""

    def __init__(self, log: Path, *, workers: int = 1, env: Mapping[str, str] | None = None) -> None:
        self.workers = workers
        self.process = Process("the server", reserve_port(), log)
        self.env = {**os.environ, **(env or {}), "PORT": str(self.process.port)}

    @property
    def url(self) -> str:
        """The base of its HTTP addresses, without a slash at the end."""
        return f"http://127.0.0.1:{self.process.port}"

    @property
    def ws_url(self) -> str:
        """The same for sockets."""
        return f"ws://127.0.0.1:{self.process.port}"

    def start(self) -> None:
        """Start and wait for /readyz; also after terminate() or kill(), on the same port."""
        serve = [sys.executable, "manage.py", "serve", "--port", str(self.process.port)]
        self.process.launch([*serve, "--workers", str(self.workers)], self.answers, env=self.env, cwd=ROOT, timeout=60)

    def answers(self) -> bool:
        """True if /readyz says so now."""
        connection = HTTPConnection("127.0.0.1", self.process.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def terminate(self, timeout: float = 20) -> int:
        """SIGTERM: it drains and ends by itself. Returns its exit code."""
        return self.process.end(signal.SIGTERM, timeout)

    def kill(self) -> None:
        """kill -9 of the server and all its workers."""
        self.process.kill()

    def log(self) -> str:
        """The end of what it logged."""
        return self.process.tail()
