"""Has what moderators read in this process recorded once a minute, and once more when it ends."""

import asyncio
import logging

from chat import readings
from chat.offload import in_database

logger = logging.getLogger(__name__)


async def keep() -> None:
    """For ever; what a database in trouble does not take comes with the next round."""
    while True:
        await asyncio.sleep(readings.EVERY_S)
        await at_once()


async def at_once() -> None:
    try:
        await in_database(readings.record)
    except Exception as fault:
        logger.warning("what moderators read could not be recorded yet: %s", fault)
