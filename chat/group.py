"""Group commit: all messages that wait in this process go into one transaction; while it commits, the next gather.

The same rules decide on the same Act as on the single road (log.py). What needs more than its thread's row, is
refused, was seen before, or meets a locked thread or a fault goes down that road by itself. Must never answer before
the commit, nor let two messages of a thread overtake each other.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol

from chat.actors import Actor
from chat.acts import Act
from chat.announce import Record
from chat.commands import MessageSend
from chat.log import tell
from chat.offload import in_database
from chat.refusals import Refused
from chat.services import send

AT_ONCE = 512
WAITING = 8192
# By then a group is told though the next is not being written yet: nobody waits for a lock of that.
SOON_S = 0.004


# The reply; where a group brought it, only what was written, whose place is all there is to say; or why there is none.
Outcome = dict[str, Any] | Record | Exception
# Is told the outcome in the event loop, soon after the commit. Must not raise.
Then = Callable[[Outcome], None]


@dataclass(slots=True, eq=False)
class Pending:
    """One message on its way, and who waits for its reply."""

    actor: Actor
    command: MessageSend
    then: Then
    # The person, and the command's id in small letters.
    key: tuple[str, str]


class Store(Protocol):
    """Where a group is written. `commit` returns what it committed; the rest must go alone.

    `meanwhile` is for the time in which the database works. Raises Refused unknown_outcome where it cannot tell; any
    other fault means that nothing was written.
    """

    async def commit(self, batch: list[Pending], meanwhile: Callable[[], None]) -> dict[Pending, Act]: ...


@dataclass
class Group:
    """The queue of one process and its event loop."""

    store: Store
    spawn: Callable[[Coroutine[Any, Any, None]], None]
    waiting: list[Pending] = field(default_factory=list)
    committing: bool = False
    # What was committed and is told while the database writes the next group.
    untold: list[dict[Pending, Act]] = field(default_factory=list)
    # Threads whose messages go alone for now, in order: nothing of theirs may join a group meanwhile.
    alone: dict[str, list[Pending]] = field(default_factory=dict)

    def send(self, actor: Actor, command: MessageSend, then: Then) -> None:
        """Take a message; of one thread they are written in the order of the calls."""
        pending = Pending(actor, command, then, (actor.user, command.id.lower()))
        if len(self.waiting) >= WAITING:
            then(Refused("busy", after_ms=1000))
        elif (queue := self.alone.get(command.thread)) is not None:
            queue.append(pending)
        else:
            self.waiting.append(pending)
            self.begin()

    def begin(self) -> None:
        if self.waiting and not self.committing:
            self.committing = True
            self.spawn(self.commit())

    async def commit(self) -> None:
        """Commit group after group until nothing waits."""
        try:
            while self.waiting:
                batch, self.waiting = self.waiting[:AT_ONCE], self.waiting[AT_ONCE:]
                await self.commit_one(batch)
                if self.waiting:
                    asyncio.get_running_loop().call_later(SOON_S, self.tell)
        finally:
            self.committing = False
            self.tell()

    async def commit_one(self, batch: list[Pending]) -> None:
        try:
            done = await self.store.commit(batch, self.tell)
        except Refused as refusal:
            for pending in batch:
                pending.then(refusal)
            return
        except Exception:
            done = {}
        self.untold.append(done)
        left: dict[str, list[Pending]] = {}
        for pending in batch:
            if pending not in done:
                left.setdefault(pending.command.thread, []).append(pending)
        if left:
            # What goes alone now must not be heard of before what was said before it.
            self.tell()
        for thread, queue in left.items():
            self.leave(thread, queue)

    def tell(self) -> None:
        """Announce what was committed, and answer who waits for it."""
        untold, self.untold = self.untold, []
        for done in untold:
            tell(done.values())
            for pending, act in done.items():
                pending.then(act.records[0])

    def leave(self, thread: str, queue: list[Pending]) -> None:
        """Let these go alone, and behind them whatever of their thread waits here."""
        queue += [each for each in self.waiting if each.command.thread == thread]
        self.waiting = [each for each in self.waiting if each.command.thread != thread]
        self.alone[thread] = queue
        self.spawn(self.go_alone(thread))

    async def go_alone(self, thread: str) -> None:
        """Send the first by itself and hand the rest back: what held it up may be over."""
        queue = self.alone[thread]
        try:
            await self.one(queue.pop(0))
        finally:
            del self.alone[thread]
            self.waiting = queue + self.waiting
            self.begin()

    async def one(self, pending: Pending) -> None:
        reply: Outcome
        try:
            reply = await in_database(send, pending.actor, pending.command)
        except Exception as fault:
            reply = fault
        pending.then(reply)
