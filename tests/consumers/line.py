"""A session on a line of its own: a model log behind it and no loop, no socket, no server."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from chat.refusals import Refused
from consumers.effects import Enter, Follow, Read, Renew, Run, Typing, Unfollow
from consumers.greeting import Welcome
from consumers.limits import Limits
from consumers.requests import Start
from consumers.session import Session
from consumers.told import Told
from consumers.turns import Job

EPOCH = "the first life of this database"
ID = "01990000-0000-7000-8000-{:012d}"


def entry(seq: int, words: str = "") -> Told:
    text = json.dumps({"seq": seq, "text": words}, separators=(",", ":"), ensure_ascii=False)
    return Told(seq, "message", "sam", "", text, len(text.encode()) + 60)


class Line:
    """Kim on a socket. Threads are lists of entries; commands stay with us until a test answers them."""

    def __init__(self, *, logs: dict[str, list[Told]] | None = None, entered: bool = True, **limits: Any) -> None:
        self.now = 1000.0
        self.limits = Limits(**limits)
        self.logs = logs if logs is not None else {}
        self.session = Session(self.limits, Random(7), self.now)
        self.seen: list[dict[str, Any]] = []
        self.arrays: list[int] = []
        self.largest = 0
        self.jobs: list[Job] = []
        self.reads: list[Read] = []
        self.effects: list[Any] = []
        self.answers_reads = True
        self.numbers = iter(range(1, 10**6))
        if entered:
            self.enter()

    # What kim does.

    def say(self, **frame: Any) -> str:
        """Send a frame; commands get an id. Returns it."""
        frame.setdefault("id", ID.format(next(self.numbers)))
        self.write(json.dumps(frame))
        return str(frame["id"])

    def write(self, text: str) -> None:
        self.session.received(text, self.now)
        self.turn()

    def enter(self, resume: dict[str, int] | None = None, epoch: str = EPOCH) -> None:
        hello: dict[str, Any] = {"type": "hello", "token": "good"}
        if resume is not None:
            hello["resume"] = {"epoch": epoch, "threads": resume}
        self.write(json.dumps(hello))

    def subscribe(self, thread: str, after: int | None = 0) -> str:
        return self.say(type="thread.subscribe", thread=thread, after=after)

    def pong(self, n: int | None = None) -> None:
        """Answer that ping, or all so far."""
        pings = [frame["n"] for frame in self.seen if frame["type"] == "ping"]
        self.write(json.dumps({"type": "pong", "n": n if n is not None else pings[-1]}))

    def wait(self, seconds: float) -> None:
        """Time passes; the session is woken whenever it asked to be."""
        end = self.now + seconds
        while self.session.deadline() <= end:
            self.now = max(self.now, self.session.deadline())
            self.session.tick(self.now)
            self.turn()
        self.now = end

    # What the server does.

    def turn(self) -> None:
        while self.session.effects:
            effect = self.session.effects.pop(0)
            self.effects.append(effect)
            match effect:
                case Enter():
                    self.session.welcomed(welcome(), self.now)
                case Follow(job, following):
                    self.open(job, following)
                case Read():
                    self.reads.append(effect)
                    if self.answers_reads:
                        self.answer_read()
                case Run(job) | Renew(job):
                    self.jobs.append(job)
                case Typing() | Unfollow():
                    pass
        for text in self.session.outbox.frames():
            self.largest = max(self.largest, len(text.encode()))
            frame = json.loads(text)
            objects = frame if isinstance(frame, list) else [frame]
            self.arrays.append(len(objects))
            self.seen += objects

    def open(self, job: Job, following: Any) -> None:
        log = self.logs.get(following.thread)
        if log is None:
            self.session.refused(job, Refused("not_found"), self.now)
            return
        after = job.command.after  # type: ignore[attr-defined]
        start = Start(head=len(log), mode="replay", cursor=after or 0, is_party=True)
        self.session.requests.subscribed(job, following, start, self.now)

    def answer_read(self, index: int = 0) -> None:
        read = self.reads.pop(index)
        log = self.logs[read.following.thread]
        self.session.delivery.took(read.following, log[read.after : read.after + read.limit], self.now)
        if self.answers_reads:
            self.turn()

    def hint(self, thread: str, head: int | None = None) -> None:
        self.session.delivery.hint(thread, len(self.logs[thread]) if head is None else head)
        self.turn()

    def answer(self, job: Job, **reply: Any) -> None:
        self.session.requests.answered(job, reply, self.now)
        self.turn()

    def refuse(self, job: Job, code: str) -> None:
        self.session.refused(job, Refused(code), self.now)
        self.turn()

    # What kim sees.

    def frames(self, kind: str) -> list[dict[str, Any]]:
        return [frame for frame in self.seen if frame["type"] == kind]

    def seqs(self, thread: str) -> list[int]:
        return [
            each["seq"] for frame in self.frames("entries") if frame["thread"] == thread for each in frame["entries"]
        ]

    def last(self) -> dict[str, Any]:
        return self.seen[-1]

    def begun(self) -> list[str]:
        """Types of the commands that were begun, or the texts of messages."""
        return [getattr(job.command, "text", job.command.type) for job in self.jobs]

    def closed(self) -> int | None:
        return self.session.closed


def welcome(expires_in: float = 900) -> Welcome:
    return Welcome("c1", "kim", "user", EPOCH, "2026-01-01T00:00:00.000Z", "2026-01-01T00:15:00.000Z", expires_in)


def only(found: list[Any], what: Callable[[Any], bool] = lambda _: True) -> Any:
    """The one there is."""
    chosen = [each for each in found if what(each)]
    assert len(chosen) == 1, chosen
    return chosen[0]
