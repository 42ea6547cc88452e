"""Where database work runs, away from the event loop: a pool of our own threads, each with its own connection.

asgiref's default is one thread for the whole process, in which six 0.4 s calls take 2.4 s (design.md §4).
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

from chat.refusals import Refused

P = ParamSpec("P")
R = TypeVar("R")

_pool = ThreadPoolExecutor(int(os.environ.get("DATABASE_THREADS") or 12), thread_name_prefix="database")


def _guarded(work: Callable[[], R]) -> R:
    try:
        return work()
    except (OperationalError, InterfaceError) as fault:
        # Nothing of a broken connection may reach the next command; nothing was committed either: a fault
        # during COMMIT itself is told apart in log.py.
        connection.close()
        raise Refused("unavailable") from fault


async def in_database(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run blocking database work in the pool. Raises what it raises, a lost database as `unavailable`."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool, _guarded, partial(work, *args, **kwargs))
