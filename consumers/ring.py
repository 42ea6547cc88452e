"""The end of one thread's log, kept encoded so that live delivery needs no database. Pure.

Always a run of consecutive entries, as parties may read them now; what is not in it is read from the log.
"""

from consumers.told import Told

MOST = 64
MOST_BYTES = 64 * 1024
# These change how earlier entries read: a slow reader must not be given those as they once were.
REWRITING = frozenset({"message.edited", "message.redacted", "review.removed", "thread.closed"})


class Ring:
    __slots__ = ("_size", "_told", "end")

    def __init__(self) -> None:
        self._told: list[Told] = []
        self._size = 0
        self.end: int | None = None

    def start(self, head: int) -> None:
        """The log was seen to go as far as `head`. Before that nothing is kept: an old hint, doubled, may be stale."""
        if self.end is None or head > self.end:
            self.clear()
            self.end = head

    def add(self, news: list[Told]) -> None:
        """Take what follows; skip what is known; start over at a hole."""
        for told in news:
            if self.end is None or told.seq <= self.end:
                continue
            if told.seq != self.end + 1 or told.kind in REWRITING:
                self.clear()
            self._told.append(told)
            self._size += told.size
            self.end = told.seq
        while len(self._told) > MOST or (self._size > MOST_BYTES and len(self._told) > 1):
            self._size -= self._told.pop(0).size

    def after(self, seq: int, limit: int) -> list[Told] | None:
        """Up to `limit` entries after `seq`, or None where the log has to be asked."""
        if not self._told or not self._told[0].seq <= seq + 1 <= self._told[-1].seq:
            return None
        begin = seq + 1 - self._told[0].seq
        return self._told[begin : begin + limit]

    def clear(self) -> None:
        self._told.clear()
        self._size = 0
