"""A socket's commands from the frame to the reply, and its subscriptions among them (protocol.md §6). Pure.

Must never execute anything: effects ask for it, `answered` and its like bring the outcome.
"""

import math
from dataclasses import dataclass
from typing import Any

from chat.commands import Command, ThreadSubscribe, ThreadUnsubscribe
from chat.refusals import Refused
from consumers import wire
from consumers.delivery import Delivery
from consumers.effects import Effect, Follow, Renew, Run, Stream
from consumers.following import Following
from consumers.limits import Limits
from consumers.turns import Job, Turns
from consumers.window import Window

# What the socket does itself; everything else is a service's.
DOORS: dict[str, type[Renew] | type[Stream]] = {"auth.refresh": Renew, "moderation.feed": Stream}
# Refusals for speed, each command that was fast enough making up for a few: past this a client is closed 4101.
PATIENCE = 100
FORGIVEN = 5
# When a client that is at its subscription limit may ask again: it has to give one up first.
AGAIN_MS = 1000


@dataclass(frozen=True, slots=True)
class Start:
    """Where a subscription begins; `rights` are the capabilities that the snapshot told."""

    head: int
    mode: str
    cursor: int
    is_party: bool
    snapshot: dict[str, Any] | None = None
    rights: str = ""


class Requests:
    """What was asked and not yet answered. After `stop` nothing more is begun or said."""

    def __init__(self, limits: Limits, window: Window, delivery: Delivery, effects: list[Effect]) -> None:
        self._limits = limits
        self._window = window
        self._delivery = delivery
        self._effects = effects
        self._turns = Turns(limits.max_running, limits.max_waiting)
        self._too_fast = 0
        self._stopped = False

    @property
    def running(self) -> int:
        """Commands that were begun and not yet answered."""
        return self._turns.running

    @property
    def is_abusive(self) -> bool:
        return self._too_fast >= PATIENCE

    def stop(self) -> None:
        self._stopped = True

    def ask(self, command: Command, now: float) -> bool:
        """Take a command in its turn; False when too many wait."""
        job = Job(command)
        if not self._stopped and self._turns.at_once(job):
            self._begin(job, now)
            return True
        fits = self._turns.add(job)
        self.advance(now)
        return fits

    def resume(self, threads: dict[str, int], now: float) -> None:
        """Subscribe to each of them as if it had been asked."""
        for thread, after in threads.items():
            command = ThreadSubscribe.model_construct(type="thread.subscribe", id="", thread=thread, after=after)
            self._turns.add(Job(command, resumed=True))
        self.advance(now)

    def answered(self, job: Job, reply: dict[str, Any], now: float) -> None:
        """The command was done."""
        self._done(job, wire.ok(job.command.id, reply), now)

    def written(self, job: Job, place: str, now: float) -> None:
        """The same of a message that was written; `place` is the JSON of where."""
        self._done(job, wire.ok_at(job.command.id, place), now)

    def _done(self, job: Job, text: str, now: float) -> None:
        if not self._stopped:
            if self._too_fast:
                self._too_fast = max(0, self._too_fast - FORGIVEN)
            self._delivery.put(text, now)
            self._finished(job, now)

    def refused(self, job: Job, refusal: Refused, now: float) -> None:
        """The command was not done."""
        if self._stopped:
            return
        if isinstance(job.command, ThreadSubscribe):
            self._delivery.drop(job.command.thread)
        self._say_no(job, refusal, now)
        self._too_fast += refusal.code == "rate_limited"
        self._finished(job, now)

    def subscribed(self, job: Job, following: Following, start: Start, now: float) -> None:
        """The thread may be followed from `start` on."""
        if self._stopped:
            return
        following.cursor, following.goal = start.cursor, start.head
        following.head = max(start.head, following.head)
        following.is_party, following.rights = start.is_party, start.rights
        reply: dict[str, Any] = {"head": start.head, "mode": start.mode}
        if start.snapshot is not None:
            reply["snapshot"] = start.snapshot
        if job.resumed:
            self._delivery.put(wire.encode({"type": "subscribed", "thread": following.thread, **reply}), now)
        else:
            self._delivery.put(wire.ok(job.command.id, reply), now)
        self._delivery.begin(following, now)
        self._finished(job, now)

    def advance(self, now: float) -> None:
        """Begin what may begin: called whenever something was added, was finished, or there is room again."""
        moved = self._turns.is_ready
        while moved and not self._stopped:
            moved = False
            for job in self._turns.start(self._heavy):
                moved = True
                self._begin(job, now)

    def _heavy(self) -> int:
        # A heavy reply is a frame at most: no more of them than there is room for.
        return math.ceil(self._window.room / self._limits.max_frame_out_bytes)

    def _begin(self, job: Job, now: float) -> None:
        command = job.command
        if isinstance(command, ThreadSubscribe):
            self._subscribe(job, command, now)
        elif isinstance(command, ThreadUnsubscribe):
            self._delivery.drop(command.thread)
            self._delivery.put(wire.ok(command.id, {}), now)
            self._turns.done(job)
        else:
            self._effects.append(DOORS.get(command.type, Run)(job))

    def _subscribe(self, job: Job, command: ThreadSubscribe, now: float) -> None:
        follows = self._delivery.follows
        known = follows.get(command.thread)
        if known is not None:
            reply = {"already": True, "head": known.head, "mode": "replay"}
            self._delivery.put(wire.ok(command.id, reply), now)
            self._turns.done(job)
        elif len(follows) >= self._limits.max_subscriptions:
            self._say_no(job, Refused("subscription_limit", after_ms=AGAIN_MS), now)
            self._turns.done(job)
        else:
            follows[command.thread] = following = Following(command.thread)
            self._effects.append(Follow(job, following))

    def _say_no(self, job: Job, refusal: Refused, now: float) -> None:
        if job.resumed and isinstance(job.command, ThreadSubscribe):
            self._delivery.put(wire.error(refusal, None, job.command.thread), now)
        else:
            self._delivery.put(wire.error(refusal, job.command.id), now)

    def _finished(self, job: Job, now: float) -> None:
        self._turns.done(job)
        self.advance(now)
