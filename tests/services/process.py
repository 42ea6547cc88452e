"""One program as a child process: started, waited for, ended, killed."""

import atexit
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path


class Process:
    """A service on a port. What it prints goes to a file, whose end is shown when it does not come up."""

    def __init__(self, name: str, port: int, log: Path) -> None:
        self.name = name
        self.port = port
        self.log = log
        self.child: subprocess.Popen[bytes] | None = None
        self._left = False
        # A script that ends by an error leaves nothing behind.
        atexit.register(self.kill)

    @property
    def running(self) -> bool:
        """True between start and end, also while it is stopped by a signal."""
        return self.child is not None and self.child.poll() is None

    def launch(
        self,
        command: Sequence[str],
        ready: Callable[[], bool],
        *,
        timeout: float = 30,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: int | None = None,
    ) -> None:
        """Start the command in a process group of its own and return once `ready()` is true."""
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                user=user,
                group=user,
                extra_groups=None if user is None else [],
                start_new_session=True,
            )
        self._left = True
        deadline = time.monotonic() + timeout
        while not ready():
            if self.child.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self.child.returncode}:\n{self.tail()}")
            if time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"{self.name} was not ready after {timeout} s:\n{self.tail()}")
            time.sleep(0.02)

    def children(self) -> list[int]:
        """The ids of the processes it started itself: a server's workers, a database's sessions."""
        if not self.running or self.child is None:
            return []
        listed = Path(f"/proc/{self.child.pid}/task/{self.child.pid}/children")
        return [int(word) for word in listed.read_text().split()] if listed.exists() else []

    def signal(self, number: int) -> None:
        """Send a signal to the process. Nothing if it has ended."""
        if self.child is not None:
            self.child.send_signal(number)

    def end(self, number: int, timeout: float) -> int:
        """Ask it to end, and kill what is left of it. Returns its exit code, −9 if it did not end in time."""
        if self.child is None:
            return 0
        self.signal(number)
        with suppress(subprocess.TimeoutExpired):
            self.child.wait(timeout)
        self.kill()
        return self.child.returncode

    def kill(self) -> None:
        """kill -9 of it and all it started, as a power cut would: no child outlives it by a commit."""
        if self.child is None or not self._left:
            return
        # It stands still first, so that it starts no other child meanwhile.
        self.signal(signal.SIGSTOP)
        for child in self.children():
            # PostgreSQL's sessions have left the group.
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()
        self._left = False

    def tail(self, lines: int = 40) -> str:
        """The end of what it printed."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
