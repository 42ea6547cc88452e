"""One serving process: Daphne on a socket that somebody bound, its hub, and, in one process of them, the clock.

Must never be killed by SIGTERM in the middle of an answer: it drains first (design.md §4: Daphne alone drops every
socket without a word).
"""

import asyncio
import gc
import importlib
import logging
import os
import signal
import socket
from collections.abc import Callable, Coroutine
from typing import Any

from django.utils.module_loading import import_string

from consumers import draining, recording
from consumers.serving.direct import DirectServer
from consumers.serving.ticking import do_jobs, tick

logger = logging.getLogger(__name__)

# Daphne chose and installed it on import; Twisted types it as a module.
reactor: Any = importlib.import_module("twisted.internet.reactor")

# Autobahn's own pings are off: they close a reader that is slow but alive. Ours tell the two apart (protocol.md §4).
NEVER = 10**9
STACK_CAP = 64 * 1024
GRACE_S = 12.0


def work(listener: socket.socket, *, clock: bool, lifeline: int | None = None, ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT, then drain, within 15 s. `lifeline` is a pipe whose end ends us at once."""
    if not importlib.import_module("autobahn.websocket").USES_NVX:
        logger.warning("autobahn runs without its native code: a third of the socket throughput is lost")
    server: DirectServer = DirectServer(
        import_string("routing.application"),
        endpoints=[f"fd:fileno={listener.fileno()}"],
        signal_handlers=False,
        ready_callable=lambda: _begin(server, clock, lifeline, ready),
        websocket_timeout=-1,
        ping_interval=NEVER,
        websocket_max_message_size=STACK_CAP,
        websocket_max_frame_size=STACK_CAP,
        server_name="order-threads",
        verbosity=0,
    )
    server.run()


_kept: set[asyncio.Task[None]] = set()


def _keep(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.get_event_loop().create_task(work)
    _kept.add(task)
    task.add_done_callback(_kept.discard)


def _spare_the_collector() -> None:
    """What was loaded stays, and a message makes no cycles: looking through it all again and again is for nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _begin(server: DirectServer, clock: bool, lifeline: int | None, ready: Callable[[], None]) -> None:
    server.short_cut()
    loop = asyncio.get_event_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, lambda: _keep(_end()))
    if lifeline is not None:
        # The supervisor is gone, however it went: an orphan must not go on holding the port.
        loop.add_reader(lifeline, lambda: os._exit(1))
    if clock:
        _keep(tick())
    _keep(do_jobs())
    _spare_the_collector()
    # Twisted adopts the socket when the reactor runs; before that nobody is answered.
    loop.call_soon(ready)


async def _end() -> None:
    if draining.is_leaving():
        return
    for listening in list(reactor.getReaders()):
        if hasattr(listening, "stopListening"):
            listening.stopListening()
    try:
        await asyncio.wait_for(draining.drain(), GRACE_S)
    except TimeoutError:
        logger.warning("some sockets did not end in time")
    await recording.at_once()
    reactor.stop()
