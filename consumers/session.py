"""One connection's rules (protocol.md §4–§6, §9), free of I/O: frames and outcomes in, effects and frames out.

Must never know a socket, a clock or a database: `now` is passed in, in seconds of any clock that only goes forward.
Whoever holds a session does, after each call, what `effects` asks, sends what `outbox` holds, calls `tick` by
`deadline`, and closes it with the code in `closed` once that is set.
"""

from enum import Enum, auto
from math import inf
from random import Random
from typing import Any

from chat.commands import Command, ThreadTyping
from chat.refusals import Refused
from consumers import closing, wire
from consumers.delivery import Delivery
from consumers.effects import Effect, Enter, Typing
from consumers.greeting import UnwelcomeError, Welcome, read_hello
from consumers.lifetime import Lifetime
from consumers.limits import Limits
from consumers.outbox import Outbox
from consumers.requests import Requests
from consumers.turns import Job
from consumers.vocabulary import Pong, Resume
from consumers.window import Window


class Phase(Enum):
    GREETING = auto()
    ENTERING = auto()
    OPEN = auto()
    CLOSED = auto()


class Session:
    def __init__(self, limits: Limits, random: Random, now: float) -> None:
        self._limits = limits
        self._random = random
        self._held: list[str] = []
        self._bad_frames = 0
        self._resume: Resume | None = None
        self._lifetime = Lifetime(limits, random, now)
        self._window = Window(limits, random, now)
        self.phase = Phase.GREETING
        self.closed: int | None = None
        self.effects: list[Effect] = []
        self.delivery = Delivery(limits, self._window, self.effects)
        self.requests = Requests(limits, self._window, self.delivery, self.effects)

    @property
    def outbox(self) -> Outbox:
        return self.delivery.outbox

    # What the client says.

    def received(self, text: str, now: float) -> None:
        """One text frame."""
        limit = self._limits.max_hello_bytes if self.phase is Phase.GREETING else self._limits.max_frame_bytes
        if self.phase is Phase.CLOSED:
            return
        if wire.size(text) > limit:
            self.close(closing.TOO_LARGE)
        elif self.phase is Phase.OPEN:
            self._take(text, now)
        elif self.phase is Phase.GREETING:
            self._greet(text)
        else:
            self._hold(text)

    def received_binary(self) -> None:
        self.close(closing.PROTOCOL_ERROR, "a binary frame")

    def _greet(self, text: str) -> None:
        try:
            hello = read_hello(text)
        except UnwelcomeError as unwelcome:
            self.close(unwelcome.code, unwelcome.reason)
            return
        self.phase = Phase.ENTERING
        self._lifetime.greeted()
        self._resume = hello.resume
        self.effects.append(Enter(hello))

    def _hold(self, text: str) -> None:
        self._held.append(text)
        # Nobody knows yet who this is: what a stranger can make us keep is one frame's worth.
        if len(self._held) > self._limits.max_waiting or sum(map(len, self._held)) > self._limits.max_frame_bytes:
            self.close(closing.INPUT_OVERFLOW)

    def _take(self, text: str, now: float) -> None:
        try:
            frame = wire.decode(text)
        except wire.Unreadable as fault:
            self._misread(fault, now)
            return
        if isinstance(frame, Command):
            if not self.requests.ask(frame, now):
                self.close(closing.INPUT_OVERFLOW)
        elif isinstance(frame, Pong):
            self._window.pong(frame.n, now)
            self.delivery.acknowledged(now)
            self.requests.advance(now)
        elif isinstance(frame, ThreadTyping):
            self._typing(frame, now)
        else:
            self.close(closing.PROTOCOL_ERROR, "hello comes only once")

    def _misread(self, fault: wire.Unreadable, now: float) -> None:
        self.delivery.put(wire.error(fault, fault.id), now)
        self._bad_frames += fault.code == "bad_frame"
        if self._bad_frames >= self._limits.max_bad_frames:
            self.close(closing.PROTOCOL_ERROR, "too many bad frames")

    def _typing(self, frame: ThreadTyping, now: float) -> None:
        following = self.delivery.follows.get(frame.thread)
        if following is None or not following.is_party:
            return
        if now - following.typed_at >= self._limits.typing_interval_s:
            following.typed_at = now
            self.effects.append(Typing(frame.thread, frame.on))

    # What became of it.

    def welcomed(self, welcome: Welcome, now: float) -> None:
        """The credential was good: everything from the second frame on may be done."""
        if self.phase is not Phase.ENTERING:
            return
        self.phase = Phase.OPEN
        self.delivery.viewer = welcome.user
        self._window.start(now)
        self._lifetime.valid_for(welcome.expires_in, now)
        self._put(welcome.frame(self._limits), now)
        if self._resume is not None and self._resume.epoch != welcome.epoch:
            self._put({"type": "reset", "scope": "all"}, now)
        elif self._resume is not None:
            self.requests.resume(self._resume.threads, now)
        self._resume, held = None, self._held
        self._held = []
        for text in held:
            self.received(text, now)

    def renewed(self, job: Job, auth_expires: str, expires_in: float, now: float) -> None:
        """The newer credential was good."""
        self._lifetime.valid_for(expires_in, now)
        self._window.moved = True
        self.requests.answered(job, {"auth_expires": auth_expires}, now)

    def refused(self, job: Job, refusal: Refused, now: float) -> None:
        """The command was not done."""
        self.requests.refused(job, refusal, now)
        if self.requests.is_abusive:
            self.close(closing.RATE_ABUSE)

    def lost(self, thread: str, refusal: Refused, now: float) -> None:
        """The right to follow this thread has ended."""
        if self.phase is Phase.OPEN and thread in self.delivery.follows:
            self.delivery.drop(thread)
            self.delivery.put(wire.error(refusal, None, thread), now)

    # Time.

    def deadline(self) -> float:
        """When `tick` is to be called next."""
        if self.phase is Phase.OPEN:
            return min(self._window.ping_at, self._window.give_up_at, self._lifetime.next)
        return self._lifetime.hello_by if self.phase is Phase.GREETING else inf

    @property
    def deadline_moved(self) -> bool:
        """May the deadline have come nearer since this was last asked? To work it out for every frame costs much."""
        moved, self._window.moved = self._window.moved, False
        return moved

    def tick(self, now: float) -> None:
        """Do what is due by now."""
        self._window.moved = True
        if self.phase not in (Phase.GREETING, Phase.OPEN):
            return
        if now >= self._window.give_up_at:
            self.close(self._window.verdict)
        elif code := self._lifetime.over(now):
            self.close(code)
        elif self.phase is Phase.OPEN:
            if (left := self._lifetime.warning(now)) is not None:
                self._put({"type": "auth.expiring", "in_ms": left}, now)
            if now >= self._window.ping_at:
                self.delivery.ping(now)

    # The end.

    def close(self, code: int, reason: str = "", *, after_ms: int | None = None) -> None:
        """Say `bye`; nothing is taken or given after it."""
        if self.phase is Phase.CLOSED:
            return
        self.phase = Phase.CLOSED
        self.closed = code
        self.requests.stop()
        self.delivery.stop()
        text = wire.encode(closing.bye(code, self._random, reason=reason, after_ms=after_ms))
        self.outbox.put(text, wire.size(text))

    def _put(self, frame: dict[str, Any], now: float) -> None:
        self.delivery.put(wire.encode(frame), now)
