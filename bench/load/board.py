"""Every message of one process that is under way: a message is done once acknowledged and delivered to all others.

Must never look at a frame: sockets tell it what they found in theirs.
"""

from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

from bench.load.work import Report, Window

# So long may a message take before it counts as lost and its place is given to the next: 400 in flight at 20/s.
LOST_S = 30.0

Author = TypeVar("Author")


class Board(Generic[Author]):
    """`done`, where it is set, is called with the author of each message that is done or lost."""

    def __init__(self, tag: int) -> None:
        self.done: Callable[[Author], None] | None = None
        self.report = Report()
        self.window = Window(0, 0, float("inf"))
        self._tag = b"%d" % tag
        self._authors: list[Author] = []
        # number -> (author, [signs still to come], when it was meant to be sent)
        self._pending: dict[int, tuple[Author, list[int], float]] = {}

    def __len__(self) -> int:
        return len(self._pending)

    def new(self, author: Author, signs: int, meant: float) -> int:
        """A message is about to be sent; returns its number. `signs`: acknowledgements and deliveries to wait for."""
        number = len(self._authors)
        self._authors.append(author)
        self._pending[number] = (author, [signs], meant)
        self.report.sent += 1
        return number

    def seen(self, tag: bytes, number: bytes, reader: Author, own_counts: bool, now: float) -> None:
        """A socket was delivered this message."""
        if self.window.count_from <= now < self.window.end:
            self.report.deliveries += 1
        if tag != self._tag:
            return
        own = self._authors[int(number)] is reader
        if own and not own_counts:
            return
        pending = self._pending.get(int(number))
        if pending is None:
            self.report.faults.append(f"message {int(number)} was delivered after it was done or given up")
            return
        if own:
            self.report.acknowledged += 1
        else:
            self.report.delivered += 1
        self._sign(int(number), pending, now)

    def acknowledged(self, number: int, now: float) -> None:
        pending = self._pending.get(number)
        if pending is None:
            self.report.faults.append(f"message {number} was acknowledged after it was done or given up")
            return
        self.report.acknowledged += 1
        self._sign(number, pending, now)

    def _sign(self, number: int, pending: tuple[Author, list[int], float], now: float) -> None:
        author, signs, meant = pending
        signs[0] -= 1
        if signs[0]:
            return
        del self._pending[number]
        if self.window.count_from <= now < self.window.end:
            self.report.done += 1
        if self.window.count_from <= meant < self.window.end:
            self.report.latencies.append(now - meant)
            self.report.meant.append(meant)
        if self.done is not None:
            self.done(author)

    def give_up(self, older_than: float = LOST_S) -> None:
        """Count as lost what has waited longer than that, in seconds."""
        limit = monotonic() - older_than
        for number, (author, _, meant) in list(self._pending.items()):
            if meant < limit:
                del self._pending[number]
                self.report.lost += 1
                if self.done is not None:
                    self.done(author)
