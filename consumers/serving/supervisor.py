"""Several serving processes on one port: one SO_REUSEPORT socket each, so that the kernel spreads the connections.

Must never serve itself, and never outlive its children or be outlived by them.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

BACKLOG = 1024
PATIENCE_S = 14.0


def bind(host: str, port: int, *, shared: bool) -> socket.socket:
    """A listening socket. Raises OSError where the port is taken; `shared` lets our other processes have it too."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return listener


@dataclass
class Worker:
    """One child, and when it was last started."""

    index: int
    listener: socket.socket
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0


@dataclass
class Supervisor:
    """Start, watch and end the workers. A worker that dies comes back, at most once a second."""

    workers: list[Worker]
    port: int
    ending: bool = False
    lifeline: tuple[int, int] = field(default_factory=os.pipe)

    def run(self) -> int:
        """Until SIGTERM or SIGINT; returns the exit code."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: self.end())
        for worker in self.workers:
            self.start(worker)
        while not self.ending:
            for worker in self.workers:
                process = worker.process
                if process is not None and process.poll() is not None and not self.ending:
                    logger.error("worker %d ended with %s; starting it again", worker.index, process.returncode)
                    time.sleep(max(0.0, worker.started + 1 - time.monotonic()))
                    self.start(worker)
            time.sleep(0.1)
        return self.wait()

    def start(self, worker: Worker) -> None:
        # The listener stays open here, so that what connects meanwhile waits instead of being refused.
        fds = (worker.listener.fileno(), self.lifeline[0])
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        command += ["--fd", str(fds[0]), "--lifeline", str(fds[1])]
        if worker.index == 0:
            command.append("--clock")
        worker.started = time.monotonic()
        worker.process = subprocess.Popen(command, pass_fds=fds)  # noqa: S603 - our own words

    def end(self) -> None:
        self.ending = True
        for worker in self.workers:
            # Connections that nobody accepted yet are refused now, and their clients go elsewhere.
            worker.listener.close()
            if worker.process is not None and worker.process.poll() is None:
                worker.process.terminate()

    def wait(self) -> int:
        until = time.monotonic() + PATIENCE_S
        code = 0
        for worker in self.workers:
            if worker.process is None:
                continue
            try:
                code = worker.process.wait(max(0.1, until - time.monotonic())) or code
            except subprocess.TimeoutExpired:
                worker.process.kill()
                code = 1
        return code
