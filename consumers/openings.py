"""Subscriptions that wait, looked up together: a crowd that comes back costs a few reads, not a few for each thread.

While one look is under way the next gathers; no timer. Must never let one that fails take its neighbours along.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from typing import Protocol

from chat.actors import Actor
from chat.offload import in_database
from chat.refusals import Refused
from orders import queries
from orders.queries import Asked, Subscription

logger = logging.getLogger(__name__)

# In one look; and how many looks at once, so that a heavy one does not hold up all others.
MOST = 64
LOOKS = 2

Waiting = tuple[Asked, "asyncio.Future[Subscription]"]


class Quick(Protocol):
    """Knows some of the answers, and None for the others."""

    async def look(self, asked: Sequence[Asked]) -> Sequence[Subscription | Refused | None]: ...


class Openings:
    def __init__(self, quick: Quick | None = None) -> None:
        self._quick = quick
        self._waiting: deque[Waiting] = deque()
        self._looks: set[asyncio.Task[None]] = set()

    async def look(self, actor: Actor, thread: str, after: int | None) -> Subscription:
        """Where a subscriber begins. Raises as queries.subscriptions says."""
        loop = asyncio.get_running_loop()
        coming: asyncio.Future[Subscription] = loop.create_future()
        self._waiting.append((Asked(actor, thread, after), coming))
        if len(self._looks) < LOOKS:
            task = loop.create_task(self._work())
            self._looks.add(task)
            task.add_done_callback(self._looks.discard)
        return await coming

    async def _work(self) -> None:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            # Whoever went away while waiting needs no answer.
            await self._answer([each for each in batch if not each[1].done()])

    async def _answer(self, batch: list[Waiting]) -> None:
        try:
            found = await self._find([asked for asked, _ in batch]) if batch else []
        except Refused as refusal:
            found = [refusal for _ in batch]
        except Exception as fault:
            if len(batch) == 1:
                settle(batch[0][1], fault)
                return
            logger.exception("a look at many threads failed; each goes alone")
            for each in batch:
                await self._answer([each])
            return
        for (_, coming), answer in zip(batch, found, strict=True):
            settle(coming, answer)

    async def _find(self, asked: list[Asked]) -> list[Subscription | Refused]:
        known = [None] * len(asked) if self._quick is None else await self._quick.look(asked)
        rest = [each for each, answer in zip(asked, known, strict=True) if answer is None]
        slow = iter(await in_database(queries.subscriptions, rest) if rest else ())
        return [next(slow) if answer is None else answer for answer in known]


def settle(coming: "asyncio.Future[Subscription]", answer: Subscription | Exception) -> None:
    if coming.done():
        return
    if isinstance(answer, Exception):
        coming.set_exception(answer)
    else:
        coming.set_result(answer)
