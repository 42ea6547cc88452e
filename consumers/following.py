"""One socket's place in one thread: it gets cursor+1, +2, … and nothing else (protocol.md §1). Pure.

Whatever hints say, only a read moves the cursor, and only by one entry at a time.
"""

from dataclasses import dataclass
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
        """How many entries to ask for, so that few are read in vain. `usual` bytes is what one took lately."""
        return max(1, min(MOST_READ, room // self.usual))

    def chunk(self, batch: list[Told], largest: int) -> list[Told]:
        """What of a batch of consecutive entries comes next in one frame: ≤ 100, ≤ `largest` bytes, but one at least.

        It ends at the goal, so that `caught_up` comes exactly there. A batch that starts beyond the cursor has none.
        """
        begin = self.cursor + 1 - batch[0].seq if batch else 0
        if begin < 0:
            return []
        chunk: list[Told] = []
        size = 0
        for told in batch[begin : begin + MOST]:
            size += told.size + 1
            if told.seq != self.cursor + 1 + len(chunk) or (chunk and size > largest):
                break
            chunk.append(told)
            if told.seq == self.goal:
                break
        return chunk
