"""Whose turn it is among a socket's commands: of one thread strictly in the order sent, and never too many. Pure.

Overflow is the client's fault (4103): nothing is dropped silently.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chat.commands import Command, ThreadCommand

# These go in file through the group (chat/group.py), which keeps the order, so that one need not wait for another.
FLOWING = "message.send"
QUEUE = ("moderation.feed", "moderation.queue", "moderation.case")
# Replies without a bound of their own: a peer that does not read gets no more of these.
HEAVY = frozenset({"thread.history", "thread.list", "thread.snapshot", *QUEUE})
# Of one socket these take effect one after another, though they name no thread.
IN_TURN = frozenset({"moderation.feed"})


@dataclass(slots=True, eq=False)
class Job:
    """One command on its way; `resumed` marks a subscription that `hello` asked for."""

    command: Command
    resumed: bool = False
    # Commands of one lane run one after another; one without a thread has a lane to itself.
    lane: object = None
    flows: bool = False
    is_heavy: bool = False

    def __post_init__(self) -> None:
        command = self.command
        kind = command.type
        if isinstance(command, ThreadCommand):
            self.lane = command.thread
        else:
            # No thread's name is a tuple.
            self.lane = (kind,) if kind in IN_TURN else self
        self.flows = kind == FLOWING
        self.is_heavy = kind in HEAVY


class Lane:
    """The commands of one thread: those that run, and those behind them."""

    __slots__ = ("flowing", "running", "waiting")

    def __init__(self) -> None:
        self.running = 0
        self.flowing = False
        # A deque would take ten times the memory, and few ever wait.
        self.waiting: list[Job] = []

    @property
    def is_free(self) -> bool:
        """May its next command begin?"""
        return bool(self.waiting) and (not self.running or (self.flowing and self.waiting[0].flows))

    def take(self) -> Job:
        job = self.waiting.pop(0)
        self.begin(job)
        return job

    def begin(self, job: Job) -> None:
        self.running += 1
        self.flowing = job.flows


class Turns:
    """Lanes of jobs, and which of them may go on."""

    def __init__(self, running: int, waiting: int) -> None:
        self._most_running = running
        self._most_waiting = waiting
        self._lanes: dict[object, Lane] = {}
        self._free: dict[object, Lane] = {}
        self._asked = 0
        self.running = 0
        self.heavy = 0

    def add(self, job: Job) -> bool:
        """Take a job; False when more wait than may. What a resume asks for has its own bound, the subscriptions'."""
        lane = self._lanes.get(job.lane)
        if lane is None:
            lane = self._lanes[job.lane] = Lane()
        lane.waiting.append(job)
        if lane.is_free:
            self._free[job.lane] = lane
        if not job.resumed:
            self._asked += 1
        return self._asked <= self._most_running + self._most_waiting

    def at_once(self, job: Job) -> bool:
        """Begin a job that need not wait for anything; False where it has to be added. Most messages go this way."""
        if self._free or job.is_heavy or self.running >= self._most_running:
            return False
        lane = self._lanes.get(job.lane)
        if lane is None:
            lane = self._lanes[job.lane] = Lane()
        elif lane.waiting or not (lane.flowing and job.flows):
            return False
        lane.begin(job)
        self.running += 1
        self._asked += 1
        return True

    @property
    def is_ready(self) -> bool:
        """May any job begin, as far as lanes go?"""
        return bool(self._free) and self.running < self._most_running

    def start(self, heavy: Callable[[], int]) -> Iterator[Job]:
        """Jobs whose turn has come; each counts as running until `done`. At most `heavy` heavy ones run at once."""
        for name, lane in tuple(self._free.items()):
            if self.running >= self._most_running:
                return
            if lane.waiting[0].is_heavy and self.heavy >= heavy():
                continue
            job = lane.take()
            self.running += 1
            self.heavy += job.is_heavy
            # To the end of the file, so that one thread does not hold up the others.
            del self._free[name]
            if lane.is_free:
                self._free[name] = lane
            yield job

    def done(self, job: Job) -> None:
        """The job was answered: its lane may go on."""
        self.running -= 1
        self.heavy -= job.is_heavy
        if not job.resumed:
            self._asked -= 1
        lane = self._lanes[job.lane]
        lane.running -= 1
        if lane.waiting:
            if lane.is_free:
                self._free[job.lane] = lane
        elif not lane.running:
            del self._lanes[job.lane]
