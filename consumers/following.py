"""One socket's place in one thread: it gets cursor+1, +2, … and nothing else (protocol.md §1). Pure.

Whatever hints say, only a read moves the cursor, and only by one entry at a time.
"""

from dataclasses import dataclass
from itertools import islice
from math import inf

from consumers.told import Told

# Entries in one frame, and in one read.
MOST = 100
MOST_READ = 500


@dataclass(slots=True)
class Owed:
    """Capabilities that a client shall see no earlier than the entries that brought them."""

    as_of: int
    rights: str
    text: str


@dataclass(slots=True, eq=False)
class Following:
    """`head` is as far as the log is thought to go, `goal` the head at subscription until it was reached."""

    thread: str
    live: bool = False
    reading: bool = False
    is_party: bool = False
    cursor: int = 0
    head: int = 0
    goal: int | None = None
    typed_at: float = -inf
    rights: str = ""
    owed: Owed | None = None
    usual: int = 500

    @property
    def wants(self) -> bool:
        return self.live and not self.reading and self.head > self.cursor

    def limit(self, room: int) -> int:
        """How many entries to ask for, so that few are read in vain. `usual` bytes is what one took lately.

        Not beyond the goal: `caught_up` comes exactly there.
        """
        most = MOST_READ if self.goal is None else min(MOST_READ, max(1, self.goal - self.cursor))
        return max(1, min(most, room // self.usual))

    def chunk(self, batch: list[Told], begin: int, largest: int) -> list[Told]:
        """What comes next in one frame, from there in a batch: ≤ 100 entries, ≤ `largest` bytes, but one at least.

        It ends at the goal. What is not the next entry is none.
        """
        chunk: list[Told] = []
        size, count, cursor = 0, 0, self.cursor
        for told in islice(batch, begin, begin + MOST):
            size += told.size + 1
            count += told.count
            if told.first != cursor + 1 or (chunk and (size > largest or count > MOST)):
                break
            chunk.append(told)
            cursor = told.seq
            if cursor == self.goal:
                break
        return chunk
