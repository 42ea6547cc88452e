"""Heartbeat and flow control in one (protocol.md §1, §4): a pong acknowledges everything sent before its ping. Pure."""

from dataclasses import dataclass
from math import inf
from random import Random

from consumers import closing
from consumers.limits import Limits

# Replies so small are nothing outstanding: the slowest peer reads them while its ping waits.
LITTLE = 8 * 1024


@dataclass(frozen=True, slots=True)
class Ping:
    n: int
    at: float
    size: int
    frames: int


class Window:
    """How much may still be sent, when to ping, and when a silent peer is given up. Times are the caller's seconds."""

    def __init__(self, limits: Limits, random: Random, now: float) -> None:
        self._limits = limits
        self._random = random
        self._pings: list[Ping] = []
        self._n = 0
        # The last ping that was answered.
        self.answered = 0
        # Running totals: what was ever sent, what of it was acknowledged, and what the last ping came after.
        self._size = self._frames = 0
        self._known_size = self._known_frames = 0
        self._pinged_size = self._pinged_frames = 0
        self._heard = now
        self.ping_at = inf
        # Has anything come that may be due earlier than all before?
        self.moved = True

    def start(self, now: float) -> None:
        # The first at random, or all sockets of a restarted server would beat as one.
        self.ping_at = now + self._random.uniform(0, self._limits.heartbeat_interval_s)
        self.moved = True

    @property
    def room(self) -> int:
        """Bytes that may be sent until the window is full; below 1 it is."""
        if self._frames - self._known_frames >= self._limits.window_frames:
            return 0
        return self._limits.window_bytes - (self._size - self._known_size)

    @property
    def probe_due(self) -> bool:
        limits = self._limits
        return (
            self._size - self._pinged_size >= limits.probe_bytes
            or self._frames - self._pinged_frames >= limits.probe_frames
        )

    def sent(self, size: int, frames: int) -> None:
        """Count what leaves: bytes of whatever it is, and frames of entries."""
        self._size += size
        self._frames += frames

    def ping(self, now: float) -> int:
        """Note that a ping leaves now, after all that was counted; returns its number."""
        self._n += 1
        self.moved = True
        self._pings.append(Ping(self._n, now, self._size, self._frames))
        self._pinged_size, self._pinged_frames = self._size, self._frames
        interval = self._limits.heartbeat_interval_s
        self.ping_at = now + self._random.uniform(0.9 * interval, 1.1 * interval)
        return self._n

    def pong(self, n: int, now: float) -> None:
        """The peer has processed all that came before ping `n`. Numbers that were never sent mean nothing."""
        if n > self._n:
            return
        while self._pings and self._pings[0].n <= n:
            ping = self._pings.pop(0)
            self._known_size, self._known_frames = ping.size, ping.frames
            self.answered = ping.n
            self._heard = now

    @property
    def give_up_at(self) -> float:
        """When the oldest unanswered ping is overdue. A peer that answers others meanwhile is slow, but alive."""
        if not self._pings:
            return inf
        patience = self._limits.slow_reader_timeout_s if self._is_owed_data else self._limits.heartbeat_timeout_s
        return max(self._pings[0].at, self._heard) + patience

    @property
    def verdict(self) -> int:
        """The closing code for a peer that was given up."""
        return closing.SLOW_READER if self._is_owed_data else closing.HEARTBEAT_LOST

    @property
    def _is_owed_data(self) -> bool:
        oldest = self._pings[0]
        return oldest.frames > self._known_frames or oldest.size - self._known_size > LITTLE
