"""One socket's session brought to life: its effects carried out, its frames flushed, its deadlines kept.

Must never wait and never raise into the hub; what takes time is an errand (errands.py), cancelled when the socket goes.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import cache, partial
from random import Random
from time import monotonic
from typing import Any, ParamSpec

from django.conf import settings

from chat.actors import Actor, Standing
from chat.announce import Record, Signal
from chat.commands import MessageSend
from chat.group import Outcome
from chat.refusals import Refused
from consumers import closing, dispatch, errands, feeding, house, metrics, recording
from consumers.alarm import Alarm
from consumers.effects import Effect, Read, Run, Typing, Unfollow
from consumers.feed import Feed
from consumers.following import Following
from consumers.limits import Limits
from consumers.session import Session
from consumers.told import Told
from consumers.topic import Rights, Topic
from consumers.turns import Job

logger = logging.getLogger(__name__)

P = ParamSpec("P")

NOBODY = Actor("", Standing.USER)
# Spreads beats and returns; nothing secret is drawn from it.
RANDOM = Random()  # noqa: S311


@cache
def limits() -> Limits:
    return Limits.of(settings.ENV)


class Connection:
    """`send` takes one frame, `close` a code; neither may wait. `origin` is what a ticket is bound to."""

    def __init__(self, send: Callable[[str], None], close: Callable[[int], None], origin: str) -> None:
        self._send = send
        self._close = close
        self._loop = asyncio.get_running_loop()
        self._errands: set[asyncio.Task[None]] = set()
        self._over = False
        self._flushing = False
        self._alarm = Alarm(self._loop, lambda: self._tell(self.session.tick, self.now))
        self._threads: set[str] = set()
        self.origin = origin
        self.actor = NOBODY
        self.session_key = ""
        self.feed: Feed | None = None
        self.session = Session(limits(), RANDOM, self.now)
        house.hub.sockets.add(self)
        self.turn()

    @property
    def now(self) -> float:
        # The loop's own clock.
        return monotonic()

    @property
    def is_busy(self) -> bool:
        """Is a command of this socket still running?"""
        return self.session.closed is None and self.session.requests.running > 0

    # From the socket.

    def received(self, text: str | None) -> None:
        """One frame; None for a binary one."""
        if text is None:
            self._tell(self.session.received_binary)
        else:
            self._tell(self.session.received, text, self.now)

    def gone(self) -> None:
        """The socket is closed: nothing is sent or begun any more."""
        self._over = True
        for task in tuple(self._errands):
            task.cancel()
        self._alarm.put_off()
        feeding.end(self)
        house.hub.sockets.discard(self)
        house.hub.leave(self, tuple(self._threads))

    # From the hub (topic.Member).

    def hint(self, thread: str, head: int) -> None:
        self._tell(self.session.delivery.hint, thread, head)

    def whisper(self, thread: str, text: str) -> None:
        self._tell(self.session.delivery.whisper, thread, text, self.now)

    def notify(self, text: str) -> None:
        self._tell(self.session.delivery.notify, text, self.now)

    def show(self, thread: str, rights: Rights) -> None:
        self._tell(self.session.delivery.show, thread, rights.as_of, rights.said, rights.frame, self.now)

    def lost(self, thread: str, refusal: Refused) -> None:
        self._tell(self.session.lost, thread, refusal, self.now)

    def close(self, code: int, reason: str = "", *, after_ms: int | None = None) -> None:
        self.session.close(code, reason, after_ms=after_ms)
        self.turn()

    # From its errands.

    def follow(self, thread: str) -> Topic:
        """Have the hub bring the thread's hints from now on."""
        self._threads.add(thread)
        return house.hub.follow(thread, self)

    def took(self, following: Following, told: list[Told]) -> None:
        before = following.cursor
        self.session.delivery.took(following, told, self.now)
        metrics.delivered(following.cursor - before)
        recording.delivered(self.actor, following, before)

    def refused(self, job: Job, refusal: Refused) -> None:
        self._tell(self.session.refused, job, refusal, self.now)

    def _tell(self, what: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Tell the session something. A bug in it ends this socket, and must not reach its neighbours in the hub."""
        try:
            what(*args, **kwargs)
            self.turn()
        except Exception:
            logger.exception("a session failed")
            self.session.effects.clear()
            self.close(closing.SERVER_ERROR)

    def turn(self) -> None:
        """Do what the session asks for, until it asks for nothing more; to be called after everything it was told."""
        if self._over:
            return
        session = self.session
        while session.effects:
            effects = session.effects[:]
            session.effects.clear()
            for effect in effects:
                self._carry_out(effect)
        if not self._flushing and session.outbox:
            self._flushing = True
            house.departures.add(self._flush)
        if session.deadline_moved:
            self._alarm.by(session.deadline())

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            # The two that come with every message come first.
            case Run(job) if isinstance(job.command, MessageSend):
                if dispatch.post(self.actor, job.command, partial(self._posted, job)):
                    return
            case Read(following, after, limit):
                topic = house.hub.topics.get(following.thread)
                told = topic.ring.after(after, limit) if topic else None
                if told is not None:
                    self.took(following, told)
                    return
            case Typing(thread, on):
                frame = {"type": "typing", "thread": thread, "user": self.actor.user, "on": on}
                house.hub.signal(Signal(thread, self.actor.user, frame))
                return
            case Unfollow(thread):
                self._threads.discard(thread)
                house.hub.unfollow(thread, self)
                return
        self._start(errands.errand(self, effect))

    def _posted(self, job: Job, outcome: Outcome) -> None:
        """A message was committed, or was not."""
        if self._over:
            return
        requests = self.session.requests
        if isinstance(outcome, Record):
            metrics.commanded(job.command.type, "ok")
            self._tell(requests.written, job, outcome.place(), self.now)
        elif isinstance(outcome, Exception):
            self._start(errands.unposted(self, job, outcome))
        else:
            metrics.commanded(job.command.type, "duplicate" if outcome["duplicate"] else "ok")
            self._tell(requests.answered, job, outcome, self.now)

    def _start(self, errand: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._ran)

    def _ran(self, task: asyncio.Task[None]) -> None:
        self._errands.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            logger.error("a socket's errand failed", exc_info=fault)
            self.close(closing.SERVER_ERROR)

    def _flush(self) -> None:
        self._flushing = False
        if self._over:
            return
        for frame in self.session.outbox.frames():
            self._send(frame)
        if self.session.closed is not None:
            self._over = True
            metrics.CLOSED.labels(self.session.closed).inc()
            self._close(self.session.closed)
