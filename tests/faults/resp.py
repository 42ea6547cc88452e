"""Redis's stream on its way to a subscriber, broken into messages of which some are lost, doubled or swapped.

Must never touch a reply to a command: only what was published is at anybody's mercy.
"""

from dataclasses import dataclass
from random import Random

LINES = b"+-:_#,("
BULKS = b"$!="
GROUPS = {ord("*"): 1, ord("~"): 1, ord(">"): 1, ord("%"): 2}


def end_of(data: bytes, start: int) -> int:
    """Where the reply that begins at `start` ends; −1 while it is not all there."""
    line = data.find(b"\r\n", start)
    if line < 0:
        return -1
    kind, after = data[start], line + 2
    if kind in LINES:
        return after
    size = int(data[start + 1 : line])
    if kind in BULKS:
        end = after + max(size, -2) + 2 if size >= 0 else after
        return end if end <= len(data) else -1
    for _ in range(max(size, 0) * GROUPS[kind]):
        after = end_of(data, after)
        if after < 0:
            return -1
    return after


@dataclass
class Mangler:
    """A filter for one connection: chances that a published message is lost, comes twice, or after the next."""

    random: Random
    lose: float = 0
    double: float = 0
    swap: float = 0
    mangled: int = 0

    def __post_init__(self) -> None:
        self._data = b""
        self._held = b""

    def __call__(self, data: bytes) -> bytes:
        self._data += data
        out, begin = b"", 0
        while begin < len(self._data) and (end := end_of(self._data, begin)) >= 0:
            out += self._one(self._data[begin:end])
            begin = end
        self._data = self._data[begin:]
        return out

    def _one(self, reply: bytes) -> bytes:
        if b"\r\n$7\r\nmessage\r\n" not in reply[:24]:
            return reply
        chance, held = self.random.random(), self._held
        self._held = b""
        if chance < self.lose:
            self.mangled += 1
            return held
        if chance < self.lose + self.double:
            self.mangled += 1
            return reply + held + reply
        if chance < self.lose + self.double + self.swap:
            self.mangled += 1
            self._held = reply
            return held
        return reply + held
