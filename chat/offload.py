"""Where database work runs, away from the event loop: a pool of our own threads, each with its own connection.

asgiref's default is one thread for the whole process, in which six 0.4 s calls take 2.4 s (design.md §4).
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError

from chat import connections
from chat.announce import News, held, tell
from chat.refusals import Refused

P = ParamSpec("P")
R = TypeVar("R")

_pool = ThreadPoolExecutor(int(os.environ.get("DATABASE_THREADS") or 12), thread_name_prefix="database")


def _guarded(work: Callable[[], R]) -> R:
    connections.renewed()
    try:
        return work()
    except (OperationalError, InterfaceError) as fault:
        # Nothing was committed: a fault during COMMIT itself is told apart in log.py.
        connections.lost()
        raise Refused("unavailable") from fault


async def in_database(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run blocking database work in the pool. Raises what it raises, a lost database as `unavailable`."""
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[R] = loop.create_future()
    _pool.submit(_run, partial(work, *args, **kwargs), loop, outcome)
    return await outcome


def _run(work: Callable[[], R], loop: asyncio.AbstractEventLoop, outcome: asyncio.Future[R]) -> None:
    """In a thread of the pool. Nobody waits any more for work that was cancelled before its turn: it is not begun."""
    if outcome.cancelled():
        return
    with held() as news:
        try:
            settle = partial(_succeed, outcome, _guarded(work))
        except BaseException as fault:
            settle = partial(_fail, outcome, fault)
    # The loop may have ended meanwhile, and with it everybody who could want to know.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(_report, news, settle)


def _report(news: list[News], settle: Callable[[], None]) -> None:
    # In one call, so that a command's reply and the entry that it made leave in one frame (protocol.md §2).
    try:
        for each in news:
            tell(each)
    finally:
        settle()


def _succeed(outcome: asyncio.Future[R], result: R) -> None:
    if not outcome.done():
        outcome.set_result(result)


def _fail(outcome: asyncio.Future[R], fault: BaseException) -> None:
    if not outcome.done():
        outcome.set_exception(fault)
