"""The sweep: every 2 s the database is asked how far the followed threads go, whatever hints said (protocol.md §1).

What no hint has told is found here: entries, suspensions, and what time alone has changed.
"""

import asyncio
import logging
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from chat import installation, people, queries
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
    if not hub.people:
        return
    found = await in_database(survey, list(hub.topics), list(hub.people))
    await asyncio.sleep(GRACE_S)
    for user in found.suspended:
        hub.revoke(user)
    for thread, head in found.heads.items():
        topic = hub.topics.get(thread)
        if topic is None:
            continue
        if topic.reaches(head):
            metrics.SWEEP_REPAIRS.inc()
            # What came unseen may have been anything.
            for rights in tuple(topic.rights.values()):
                keeper.ask(topic, rights)
        keeper.passed(topic, found.now)


class Survey(NamedTuple):
    """`now` is trade time."""

    now: datetime
    heads: dict[str, int]
    suspended: set[str]


def survey(threads: list[str], users: list[str]) -> Survey:
    """How far these threads go, and who of these may be here no longer. Blocks."""
    heads: dict[str, int] = {}
    suspended: set[str] = set()
    for some in in_portions(threads):
        heads |= queries.heads(some)
    for some in in_portions(users):
        suspended |= people.suspended_among(some)
    return Survey(installation.now(), heads, suspended)


def in_portions(names: list[str]) -> Iterator[list[str]]:
    """So many at once that no statement grows too long."""
    rest = iter(names)
    while some := list(islice(rest, AT_ONCE)):
        yield some
