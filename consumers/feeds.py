"""All feeds of this process: which threads moved is noted by the hub, and read once for all of them, off the hot path.

Must never be asked anything by a party's road: while no feed is open, the hub notes nothing and nothing runs here.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple

from chat import installation
from chat.offload import in_database
from consumers.feed import Feed
from consumers.hub import Hub
from moderation import feed as reading
from moderation.sieve import Row

logger = logging.getLogger(__name__)

EVERY_S = 0.25
# Threads that are read in one round; the rest waits for the next.
AT_ONCE = 500
# How often the database is asked what no hint has told, and how far back: a commit may come after its `at`.
SWEEP_S = 2.0
BACK = timedelta(seconds=10)


class Survey(NamedTuple):
    """What was written lately, by thread, and where something changed that is no entry."""

    heads: dict[str, int]
    touched: set[str]


class Feeds:
    def __init__(self, hub: Hub, spawn: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        self._hub = hub
        self._spawn = spawn
        self._feeds: set[Feed] = set()
        # Pages and changes are read in turn, so that no row ever goes back to what it was.
        self._turn = asyncio.Lock()
        self._heads: dict[str, int] = {}
        self._swept_at = 0.0

    async def open(self, feed: Feed) -> list[Row]:
        """Begin a feed; its first page. Raises what the database raises."""
        self._feeds.add(feed)
        if self._hub.moved is None:
            self._hub.moved = set()
            self._spawn(self._run())
        try:
            async with self._turn:
                page = await in_database(reading.page, feed.wanted)
                feed.begin(page)
        except BaseException:
            self.close(feed)
            raise
        return page

    def close(self, feed: Feed) -> None:
        self._feeds.discard(feed)

    async def _run(self) -> None:
        while self._feeds:
            await asyncio.sleep(EVERY_S)
            try:
                async with self._turn:
                    await self._round()
            except Exception as fault:
                logger.warning("the feed waits for the database: %s", fault)
            for feed in tuple(self._feeds):
                feed.flush()
        self._hub.moved = None

    async def _round(self) -> None:
        if asyncio.get_running_loop().time() - self._swept_at >= SWEEP_S:
            await self._sweep()
            for feed in tuple(self._feeds):
                if feed.is_stale:
                    feed.renew(await in_database(reading.page, feed.wanted))
        moved = self._hub.moved or set()
        names = list(islice(moved, AT_ONCE))
        if not names:
            return
        moved.difference_update(names)
        try:
            rows = await in_database(reading.rows, names)
        except BaseException:
            moved.update(names)
            raise
        self._heads |= {thread: row.said["head"] for thread, row in rows.items()}
        for feed in tuple(self._feeds):
            feed.take(rows)

    async def _sweep(self) -> None:
        """Note as moved what no hint has told of."""
        found = await in_database(survey)
        self._swept_at = asyncio.get_running_loop().time()
        written = {thread for thread, head in found.heads.items() if head > self._heads.get(thread, 0)}
        if self._hub.moved is not None:
            self._hub.moved |= found.touched | written
        self._heads = found.heads


def survey() -> Survey:
    """Blocks."""
    since = installation.now() - BACK
    return Survey(reading.moved_since(since), reading.touched_since(since))
