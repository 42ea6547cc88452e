"""Has what moderators read in this process recorded once a minute, and once more when it ends."""

import asyncio
import logging

from chat import readings
from chat.actors import Actor
from chat.offload import in_database
from consumers.following import Following

logger = logging.getLogger(__name__)


def delivered(actor: Actor, following: Following, before: int) -> None:
    """A socket was sent what follows `before` of a thread: where it is staff's, that was a reading."""
    if following.cursor > before and not following.is_party:
        readings.gave(actor, following.thread, before + 1, following.cursor)


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
