"""Whose turn it is among a socket's commands: of one thread strictly in the order sent, and never too many. Pure.

Overflow is the client's fault (4103): nothing is dropped silently.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from chat.commands import Command, ThreadCommand

# Replies without a bound of their own: a peer that does not read gets no more of these.
HEAVY = frozenset({"thread.history", "thread.list", "thread.snapshot"})


@dataclass(slots=True, eq=False)
class Job:
    """One command on its way; `resumed` marks a subscription that `hello` asked for."""

    command: Command
    resumed: bool = False

    @property
    def lane(self) -> object:
        """Commands of one lane run one after another; one without a thread has a lane to itself."""
        command = self.command
        return command.thread if isinstance(command, ThreadCommand) else self


class Turns:
    """Lanes of jobs. The first of a lane that is not ready runs."""

    def __init__(self, running: int, waiting: int) -> None:
        self._most_running = running
        self._most_waiting = waiting
        self._lanes: dict[object, deque[Job]] = {}
        self._ready: deque[object] = deque()
        self._asked = 0
        self.running = 0

    def add(self, job: Job) -> bool:
        """Take a job; False when more wait than may. What a resume asks for has its own bound, the subscriptions'."""
        lane = self._lanes.get(job.lane)
        if lane is None:
            self._lanes[job.lane] = deque((job,))
            self._ready.append(job.lane)
        else:
            lane.append(job)
        if not job.resumed:
            self._asked += 1
        return self._asked <= self._most_running + self._most_waiting

    def start(self, *, spare_heavy: bool) -> Iterator[Job]:
        """Jobs whose turn has come; each counts as running until `done`. Heavy ones stay while `spare_heavy`."""
        for _ in range(len(self._ready)):
            if self.running >= self._most_running:
                return
            name = self._ready.popleft()
            job = self._lanes[name][0]
            if spare_heavy and job.command.type in HEAVY:
                self._ready.append(name)
                continue
            self.running += 1
            yield job

    def done(self, job: Job) -> None:
        """The job was answered: the next of its lane is ready."""
        self.running -= 1
        if not job.resumed:
            self._asked -= 1
        lane = self._lanes[job.lane]
        lane.popleft()
        if lane:
            self._ready.append(job.lane)
        else:
            del self._lanes[job.lane]
