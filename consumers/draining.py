"""Leaving without losing anybody: no new sockets, running commands are answered, everyone is told where to go.

Daphne alone drops every socket on SIGTERM without a word (design.md §4).
"""

import asyncio
from collections.abc import Callable
from random import Random

from consumers import closing, house

# What a closing handshake may take; whoever needs longer finds the connection cut.
CLOSING_S = 2

_leaving = False


def is_leaving() -> bool:
    return _leaving


async def drain(*, spread_s: float = 5, patience_s: float = 5) -> None:
    """Bring this process's sockets to their end; returns when they are closed.

    `patience_s` is how long running commands may take, `spread_s` over how long the clients come back.
    """
    global _leaving  # noqa: PLW0603 - a process leaves once
    _leaving = True
    sockets = house.hub.sockets
    await _until(lambda: not any(member.is_busy for member in sockets), patience_s)
    random = Random()  # noqa: S311 - spreads returns, no secret
    for member in tuple(sockets):
        member.close(closing.DRAINING, after_ms=random.randint(0, round(spread_s * 1000)))
    await _until(lambda: not sockets, CLOSING_S)


async def _until(done: Callable[[], bool], seconds: float) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    # Asked a few times in a process's life: an event would cost every socket something in all of it.
    while loop.time() < end and not done():  # noqa: ASYNC110
        await asyncio.sleep(0.05)
