"""One timer for the earliest of a socket's deadlines. Must never ring after it is put off."""

import asyncio
from collections.abc import Callable
from math import inf


class Alarm:
    """Calls `ring` when the loop's time reaches what was asked for last and earliest."""

    def __init__(self, loop: asyncio.AbstractEventLoop, ring: Callable[[], None]) -> None:
        self._loop = loop
        self._ring = ring
        self._handle: asyncio.TimerHandle | None = None
        self._at = inf

    def by(self, deadline: float) -> None:
        """Ring at `deadline` at the latest."""
        if deadline >= self._at:
            return
        self.put_off()
        self._at = deadline
        self._handle = self._loop.call_at(deadline, self._rings)

    def put_off(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
        self._handle, self._at = None, inf

    def _rings(self) -> None:
        self._handle, self._at = None, inf
        self._ring()
