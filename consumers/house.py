"""What there is once per process: the hub, its relay and its sweep. Begun with the first request or socket.

Must never be needed for correctness: without all of it every client still reads the same log.
"""

import asyncio
import logging
import secrets
import threading
from collections.abc import Coroutine
from typing import Any

from django.conf import settings

from chat import announce, installation
from chat.announce import News
from chat.group import Group
from chat.group_postgres import PostgresStore
from chat.group_rows import RowStore
from chat.offload import in_database
from chat.replay import RowReplay
from chat.replay_postgres import PostgresReplay
from consumers import recording
from consumers.departures import Departures
from consumers.feeds import Feeds
from consumers.hints import Seal
from consumers.hub import Hub
from consumers.openings import Openings
from consumers.reader import Reader
from consumers.relay import Relay
from consumers.rights import Keeper
from consumers.sweep import sweep
from orders.openings_postgres import PostgresOpenings

logger = logging.getLogger(__name__)

_tasks: set[asyncio.Task[None]] = set()
_loop: asyncio.AbstractEventLoop | None = None
_loop_thread = 0


def spawn(work: Coroutine[Any, Any, None]) -> None:
    """Run something in the background; what goes wrong is logged, and nobody waits for it."""
    task = asyncio.get_running_loop().create_task(work)
    _tasks.add(task)
    task.add_done_callback(_ended)


def _ended(task: asyncio.Task[None]) -> None:
    _tasks.discard(task)
    if not task.cancelled() and (fault := task.exception()):
        logger.error("a background task failed", exc_info=fault)


keeper = Keeper(spawn)
hub = Hub(keeper.changed)
ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
group = Group(PostgresStore() if ON_POSTGRES else RowStore(), spawn)
reader = Reader(PostgresReplay() if ON_POSTGRES else RowReplay())
openings = Openings(PostgresOpenings() if ON_POSTGRES else None)
departures = Departures()
feeds = Feeds(hub, spawn)


def open_house() -> None:
    """Begin, in the running loop; does nothing the second time."""
    global _loop, _loop_thread
    if _loop is not None:
        return
    _loop, _loop_thread = asyncio.get_running_loop(), threading.get_ident()
    announce.listen(_hear)
    spawn(sweep(hub, keeper))
    spawn(recording.keep())
    if settings.ENV.redis_url:
        spawn(_open_relay())


def _hear(news: News) -> None:
    """Called in the thread that committed (chat.announce): for a group's messages that is the loop's own."""
    if _loop is None or _loop.is_closed():
        return
    if threading.get_ident() == _loop_thread:
        try:
            hub.take(news)
        except Exception:
            # It is committed: whoever announced it must not take that for a failure. The sweep tells it again.
            logger.exception("news could not be taken")
    else:
        _loop.call_soon_threadsafe(hub.take, news)


async def _open_relay() -> None:
    epoch = await _epoch()
    loop = asyncio.get_running_loop()
    seal = Seal(settings.SECRET_KEY, epoch, secrets.token_hex(6))
    relay = Relay(settings.ENV.redis_url, seal, lambda process, said: hub.heard(process, said, loop.time()))
    hub.relay = relay.tell
    spawn(relay.publish())
    spawn(relay.subscribe())
    spawn(relay.beat())


async def _epoch() -> str:
    while True:
        try:
            return await in_database(installation.epoch)
        except Exception as fault:
            logger.warning("the relay waits for the database: %s", fault)
            await asyncio.sleep(1)
