"""What a generator process is told to do and what it reports: plain data that crosses a pipe.

Must never hold a socket or anything else of one process.
"""

from dataclasses import dataclass, field

from bench.names import Seat


@dataclass(frozen=True, slots=True)
class Work:
    """`kind`: pump (messages), hold (idle sockets), knock (connect again and again), fetch (catch up, likewise).

    `seats` are this process's sockets. `tag` is its number, below 10. Of the seats the first `senders` send (0: all).
    `rate` is messages/s of this process in an open loop; without it, each sender keeps `in_flight` under way.
    """

    kind: str
    speech: str
    port: int
    seats: tuple[Seat, ...]
    secret: str = ""
    epoch: str = ""
    tag: int = 0
    processes: int = 1
    senders: int = 0
    in_flight: int = 4
    rate: float = 0
    text_bytes: int = 100


@dataclass(frozen=True, slots=True)
class Window:
    """Instants of time.monotonic(), which all processes of a machine share: load begins, counting begins, both end."""

    begin: float
    count_from: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.count_from


@dataclass(slots=True)
class Report:
    """`done`, `deliveries` and `frames` (received) count what fell within the window, the four after them everything.

    `latencies` are seconds, of messages meant to be sent within the window, at the instants `meant`; `busy` is the
    process's share of a core.
    """

    done: int = 0
    deliveries: int = 0
    frames: int = 0
    sent: int = 0
    acknowledged: int = 0
    delivered: int = 0
    lost: int = 0
    busy: float = 0.0
    latencies: list[float] = field(default_factory=list)
    meant: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Report") -> None:
        self.done += other.done
        self.deliveries += other.deliveries
        self.frames += other.frames
        self.sent += other.sent
        self.acknowledged += other.acknowledged
        self.delivered += other.delivered
        self.lost += other.lost
        self.busy = max(self.busy, other.busy)
        self.latencies.extend(other.latencies)
        self.meant.extend(other.meant)
        self.faults += other.faults
