"""The sweep: every 2 s the database is asked how far the followed threads go, whatever hints said (protocol.md §1).

What no hint has told is found here, and so is what time alone has changed.
"""

import asyncio
import logging
from datetime import datetime
from itertools import islice

from chat import installation, queries
from chat.offload import in_database
from consumers import metrics
from consumers.hub import Hub
from consumers.rights import Keeper

logger = logging.getLogger(__name__)

EVERY_S = 2
# News of a commit that was just seen may still be on their way: only what they do not bring is a repair.
GRACE_S = 0.1
AT_ONCE = 1000
ROLL_EVERY = 30


async def sweep(hub: Hub, keeper: Keeper) -> None:
    """Sweep for ever; a database in trouble is asked again the next time."""
    rounds = 0
    while True:
        await asyncio.sleep(EVERY_S)
        rounds += 1
        hub.forget_silent(asyncio.get_running_loop().time())
        if rounds % ROLL_EVERY == 0:
            hub.call_the_roll()
        try:
            await look_round(hub, keeper)
        except Exception as fault:
            metrics.SWEEP_FAILURES.inc()
            logger.warning("the sweep failed, delivery waits for the next: %s", fault)


async def look_round(hub: Hub, keeper: Keeper) -> None:
    """Bring every followed thread up to what the database says. Raises what the database raises."""
    if not hub.topics:
        return
    now, heads = await in_database(survey, list(hub.topics))
    await asyncio.sleep(GRACE_S)
    for thread, head in heads.items():
        topic = hub.topics.get(thread)
        if topic is None:
            continue
        if topic.reaches(head):
            metrics.SWEEP_REPAIRS.inc()
            # What came unseen may have been anything.
            for rights in tuple(topic.rights.values()):
                keeper.ask(topic, rights)
        keeper.passed(topic, now)


def survey(threads: list[str]) -> tuple[datetime, dict[str, int]]:
    """(trade time, the heads). Blocks."""
    heads: dict[str, int] = {}
    rest = iter(threads)
    while some := list(islice(rest, AT_ONCE)):
        heads |= queries.heads(some)
    return installation.now(), heads
