"""The clock's round in a serving process: due deadlines every second, old answers every hour.

Must never act itself: orders.clock does, under each thread's lock, so that two rounds at once do no harm (I11).
"""

import asyncio
import logging
from collections.abc import Callable

from chat import answers
from chat.offload import in_database
from chat.refusals import Refused
from orders import clock

logger = logging.getLogger(__name__)

ROUND_S = 1.0
TIDY_S = 3600.0


async def tick() -> None:
    """Go round for ever; a database that is away is waited for."""
    tidy_at = 0.0
    loop = asyncio.get_running_loop()
    while True:
        await _try(clock.sweep)
        if loop.time() >= tidy_at:
            await _try(answers.forget_old)
            tidy_at = loop.time() + TIDY_S
        await asyncio.sleep(ROUND_S)


async def _try(work: Callable[[], object]) -> None:
    try:
        await in_database(work)
    except Refused as refusal:
        logger.warning("the clock's round was put off: %s", refusal.code)
    except Exception:
        logger.exception("the clock's round failed")
