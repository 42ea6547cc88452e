"""The rounds of a serving process: due deadlines every second, old rows every hour, and jobs as they come.

Must never act itself: orders.clock does, under each thread's lock, so that two rounds at once do no harm (I11), and
chat.jobs, whose workers share. One process goes the clock's round, every one does jobs.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from chat import answers, auditcheck, deadletters, jobs, waiting
from chat.offload import in_database
from chat.refusals import Refused
from consumers import draining, metrics
from moderation import sessions, taking
from notices import once
from orders import clock

R = TypeVar("R")

logger = logging.getLogger(__name__)

ROUND_S = 1.0
LOOK_S = 15.0
TIDY_S = 3600.0
COUNT_S = 15.0


async def tick() -> None:
    """Go round for ever; a database that is away is waited for."""
    tidy_at = look_at = 0.0
    loop = asyncio.get_running_loop()
    while True:
        await _try(clock.sweep)
        if loop.time() >= look_at:
            await _try(waiting.look)
            look_at = loop.time() + LOOK_S
        if loop.time() >= tidy_at:
            await _try(answers.forget_old)
            await _try(deadletters.forget_old)
            await _try(once.forget_old)
            await _try(sessions.forget_old)
            await _try(taking.forget_lapsed)
            await _try(auditcheck.tell_head)
            tidy_at = loop.time() + TIDY_S
        await asyncio.sleep(ROUND_S)


async def do_jobs() -> None:
    """Do jobs for ever, a batch at a time, until this process is to end."""
    count_at = 0.0
    loop = asyncio.get_running_loop()
    while not draining.is_leaving():
        outcomes = await _try(lambda: jobs.run_batch(draining.is_leaving))
        for each in outcomes or ():
            metrics.job(each.kind, each.result)
        if loop.time() >= count_at:
            for state, number in (await _try(deadletters.counts) or {}).items():
                metrics.JOBS.labels(state).set(number)
            count_at = loop.time() + COUNT_S
        if not outcomes:
            await asyncio.sleep(ROUND_S)


async def _try(work: Callable[[], R]) -> R | None:
    try:
        return await in_database(work)
    except Refused as refusal:
        logger.warning("a round was put off: %s", refusal.code)
    except Exception:
        logger.exception("a round failed")
    return None
