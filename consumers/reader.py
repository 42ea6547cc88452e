"""Reads of the log for sockets: what many ask for at once is read once.

Must never mix what a party may read with what staff may: those are two different reads.
"""

import asyncio

from chat import queries
from chat.actors import Actor, Standing
from chat.offload import in_database
from chat.replay import Replay
from consumers import metrics
from consumers.told import Told, tell, tell_run

Key = tuple[str, int, int, Standing, str]


def read_log(actor: Actor, thread: str, after: int, limit: int) -> list[Told]:
    """Blocks; encodes there too, away from the event loop."""
    return [tell(record) for record in queries.entries_after(actor, thread, after, limit)]


class Reader:
    """After a sweep or a redaction all followers of a thread want the same entries at the same moment."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self._under_way: dict[Key, asyncio.Task[list[Told]]] = {}

    async def read(self, actor: Actor, thread: str, after: int, limit: int) -> list[Told]:
        """Up to `limit` entries after `after`, as the actor may read them. Raises as queries.entries_after."""
        # Whoever follows the thread was let in; of one person's sockets one may read for the others.
        key = (thread, after, limit, actor.standing, actor.user)
        task = self._under_way.get(key)
        if task is None:
            metrics.LOG_READS.inc()
            task = asyncio.get_running_loop().create_task(self._read(actor, thread, after, limit))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key))
        # One socket going away must not take the read from the others.
        return await asyncio.shield(task)

    async def _read(self, actor: Actor, thread: str, after: int, limit: int) -> list[Told]:
        if actor.standing is Standing.USER:
            runs = await self._replay.runs_after(actor.user, thread, after, limit)
            if runs:
                return [tell_run(*run) for run in runs]
        return await in_database(read_log, actor, thread, after, limit)
