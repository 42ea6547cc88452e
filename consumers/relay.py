"""Hints between processes through Redis: one PUBLISH per batch, one subscriber per process.

Nothing that Redis does may raise into a socket or make one wait: what cannot be said is dropped, and the sweep
finds it in the log.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from random import Random

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from consumers import metrics
from consumers.hints import Alive, Hint, Seal

logger = logging.getLogger(__name__)

QUEUE = 10_000
BATCH = 500
BEAT_S = 5
# Our own heartbeat comes back unless Redis, or the way to it, has silently died.
ECHO_S = 12
# Who is there answers our first question within this.
ANSWER_S = 2
BACKOFF_S = (0.2, 5)

FAULTS = (RedisError, OSError, TimeoutError)


def connect(url: str, timeout: float) -> Redis:
    """A client that gives up at once instead of trying again behind our back."""
    return Redis.from_url(url, socket_timeout=timeout, socket_connect_timeout=timeout, retry=Retry(NoBackoff(), 0))


class Relay:
    """`heard` is called in the loop with each batch of another process."""

    def __init__(self, url: str, seal: Seal, heard: Callable[[str, list[Hint]], None]) -> None:
        self._url = url
        self._seal = seal
        self._heard = heard
        self._queue: deque[Hint] = deque(maxlen=QUEUE)
        self._something = asyncio.Event()
        self._random = Random()  # noqa: S311 - spreads attempts, no secret
        self._echo_at = 0.0
        self._company_until = 0.0
        self._alone = False

    def tell(self, hint: Hint) -> None:
        """Have it said; with nobody there to hear it, nothing is but that this process lives."""
        if self._alone and not isinstance(hint, Alive):
            return
        self._queue.append(hint)
        self._something.set()

    async def publish(self) -> None:
        """Publish for ever what is told; what gathers meanwhile is the next batch."""
        delay = BACKOFF_S[0]
        async with connect(self._url, timeout=1) as client:
            while True:
                await self._something.wait()
                self._something.clear()
                while self._queue:
                    batch = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
                    try:
                        await client.publish(self._seal.channel, self._seal.pack(batch))
                        delay = BACKOFF_S[0]
                    except FAULTS as fault:
                        metrics.RELAY_LOST.inc()
                        delay = await self._rest(delay, fault)

    async def beat(self) -> None:
        """Let the others know that this process lives."""
        while True:
            self.tell(Alive(ask=False))
            await asyncio.sleep(BEAT_S)

    async def subscribe(self) -> None:
        """Hear the others for ever, over one connection at a time."""
        loop = asyncio.get_running_loop()
        delay = BACKOFF_S[0]
        while True:
            began = loop.time()
            try:
                await self._listen()
            except FAULTS as fault:
                metrics.RELAY_UP.set(0)
                if loop.time() - began > 2 * ECHO_S:
                    delay = BACKOFF_S[0]
                delay = await self._rest(delay, fault)

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        client = connect(self._url, timeout=ECHO_S)
        subscriber = client.pubsub(ignore_subscribe_messages=True)
        try:
            await subscriber.subscribe(self._seal.channel)
            self._echo_at = loop.time()
            self._company_until = max(self._company_until, self._echo_at + ANSWER_S)
            self.tell(Alive(ask=True))
            while (now := loop.time()) - self._echo_at < ECHO_S:
                self._alone = now > self._company_until
                message = await subscriber.get_message(timeout=1)
                if message is not None:
                    self._take(message["data"])
            raise TimeoutError("no echo of our own heartbeat")
        finally:
            # Whoever does not hear cannot know who else is there.
            self._alone = False
            with suppress(*FAULTS):
                await subscriber.aclose()  # type: ignore[no-untyped-call]
            with suppress(*FAULTS):
                await client.aclose()

    def _take(self, payload: object) -> None:
        opened = self._seal.open(payload) if isinstance(payload, bytes) else None
        if opened is None:
            metrics.RELAY_RUBBISH.inc()
        elif opened[0] == self._seal.process:
            self._echo_at = asyncio.get_running_loop().time()
            metrics.RELAY_UP.set(1)
        else:
            self._alone = False
            self._company_until = asyncio.get_running_loop().time() + ECHO_S
            self._heard(*opened)

    async def _rest(self, delay: float, fault: BaseException) -> float:
        """Wait before the next attempt; returns how long to wait after that one."""
        logger.warning("Redis: %s; delivery falls back to the sweep", fault)
        await asyncio.sleep(self._random.uniform(delay / 2, delay))
        return min(delay * 2, BACKOFF_S[1])
