"""An entry encoded once for everyone who gets it. Pure."""

from dataclasses import dataclass

from chat.announce import Record
from consumers import wire


# Not frozen, for freezing doubles what making one costs; nobody changes one.
@dataclass(slots=True)
class Told:
    """`size` is what it takes on the wire at most; only `author` is shown which command it answers.

    It may be the last of `count` consecutive entries that were read for one person.
    """

    seq: int
    kind: str
    author: str
    command: str
    public: str
    size: int
    count: int = 1

    @property
    def first(self) -> int:
        return self.seq - self.count + 1

    def to(self, viewer: str) -> str:
        if self.command and viewer == self.author:
            return f'{self.public[:-1]},"command":{wire.encode(self.command)}}}'
        return self.public


# `,"command":"…"` with a UUID.
MARK = 60


def tell(record: Record) -> Told:
    text = record.text()
    return Told(record.seq, record.kind, record.by_user, record.command, text, wire.size(text) + MARK)


def tell_run(first: int, last: int, text: str) -> Told:
    """Entries as one reader may have them, commands included."""
    return Told(last, "", "", "", text, wire.size(text), last - first + 1)
