"""How much memory a server holds, and by how much that grows."""

import asyncio
import time
from pathlib import Path
from statistics import linear_regression
from typing import NoReturn

from tests.services.server import Server

# Before that, a process still loads and fills what it keeps anyway.
WARM_UP = 1 / 3
EVERY_S = 1


def rss_kib(server: Server) -> int:
    """Of the server and its workers; 0 where the system does not tell."""
    if server.process.child is None:
        return 0
    return sum(map(_rss_of, [server.process.child.pid, *server.process.children()]))


def _rss_of(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(found[0].split()[1]) if found else 0


class Memory:
    """Watches one server that is never restarted."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.begun = time.monotonic()
        self.samples: list[tuple[float, int]] = []

    def look(self) -> None:
        if kib := rss_kib(self.server):
            self.samples.append((time.monotonic() - self.begun, kib))

    async def watch(self) -> NoReturn:
        """Until it is cancelled."""
        while True:
            self.look()
            await asyncio.sleep(EVERY_S)

    def slope(self) -> float | None:
        """KiB a minute after the warm-up, by least squares. None: too little was seen."""
        warm = [each for each in self.samples if each[0] >= self.samples[-1][0] * WARM_UP]
        if len(warm) < 10:
            return None
        return linear_regression([at / 60 for at, _ in warm], [kib for _, kib in warm]).slope
