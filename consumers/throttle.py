"""The write rate of a person across sockets, processes and HTTP (protocol.md §9).

Redis, where there is one, keeps the count for all processes. It may fail or be slow; then this process's own count
must do, and no command ever waits for it or fails by it.
"""

import asyncio
import logging
import math
import time
from functools import cache
from weakref import WeakValueDictionary

from django.conf import settings
from redis.asyncio import Redis

from chat.refusals import Refused
from consumers.rates import Bucket
from consumers.relay import FAULTS, connect

logger = logging.getLogger(__name__)

# rates.Bucket in Redis's own time, in microseconds: returns how long to wait.
SHARED = """
local now = redis.call('TIME')
now = now[1] * 1000000 + now[2]
local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + ARGV[1]
local wait = full_at - now - ARGV[2]
if wait > 0 then return wait end
redis.call('SET', KEYS[1], string.format('%.0f', full_at), 'PX', math.ceil((full_at - now) / 1000) + 1)
return 0
"""

PATIENCE_S = 0.25
# Whoever waits exactly as long as told must not find that the way to Redis was shorter this time.
MARGIN_MS = 10
# After a failure Redis is left alone for so long, or every command would wait for it anew.
PAUSE_S = 2


class Throttle:
    def __init__(self, rate: float, burst: int, redis_url: str) -> None:
        self._bucket = Bucket(rate, burst)
        self._interval_us = round(1_000_000 / rate)
        self._tolerance_us = round(burst * 1_000_000 / rate)
        self._redis: Redis | None = connect(redis_url, timeout=1) if redis_url else None
        self._paused_until = 0.0
        # One question at a time per user, first come first asked: commands must not overtake each other here.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def spend(self, user: str) -> None:
        """Count one write. Raises Refused rate_limited with `after_ms`."""
        wait = self._bucket.take(user, time.monotonic())
        if not wait and self._redis is not None:
            turn = self._turns.setdefault(user, asyncio.Lock())
            async with turn:
                wait = await self._ask(self._redis, user)
            if wait:
                self._bucket.give_back(user)
        if wait:
            raise Refused("rate_limited", after_ms=math.ceil(wait * 1000) + MARGIN_MS)

    async def _ask(self, redis: Redis, user: str) -> float:
        if time.monotonic() < self._paused_until:
            return 0
        try:
            async with asyncio.timeout(PATIENCE_S):
                wait = await redis.eval(SHARED, 1, f"order-threads:rate:{user}", self._interval_us, self._tolerance_us)
            return int(wait) / 1_000_000
        except (*FAULTS, ValueError) as fault:
            self._paused_until = time.monotonic() + PAUSE_S
            logger.warning("the shared write rate is out of reach (%s); counting in this process", fault)
            return 0


_throttle: Throttle | None = None


@cache
def is_free() -> bool:
    """Is there no limit (UNLIMITED_WRITES)?"""
    return bool(settings.ENV.unlimited_writes)


async def spend(user: str) -> None:
    """Count one write of this person. Raises Refused rate_limited."""
    global _throttle  # noqa: PLW0603 - made with the first write, in the loop that Redis's client will live in
    if is_free():
        return
    if _throttle is None:
        env = settings.ENV
        _throttle = Throttle(env.writes_per_second, env.writes_burst, env.redis_url)
    await _throttle.spend(user)
