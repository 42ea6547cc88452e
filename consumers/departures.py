"""When what is ready leaves: two turns of the loop later, all sockets of the process in one go.

An entry is announced in one turn, its command's task wakes in the next, and both leave in one frame. Must never let
a socket wait for more than those two turns.
"""

import asyncio
from collections.abc import Callable

Leave = Callable[[], None]


class Departures:
    def __init__(self) -> None:
        self._next: list[Leave] = []
        self._after: list[Leave] = []
        self._running = False

    def add(self, leave: Leave) -> None:
        """Call this in two turns; it must not raise."""
        self._after.append(leave)
        if not self._running:
            self._running = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        leaving, self._next, self._after = self._next, self._after, []
        for leave in leaving:
            leave()
        self._running = bool(self._next or self._after)
        if self._running:
            asyncio.get_running_loop().call_soon(self._turn)
