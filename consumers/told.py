"""An entry encoded once for everyone who gets it. Pure."""

from dataclasses import dataclass

from chat.announce import Record
from consumers import wire


# Not frozen, for freezing doubles what making one costs; nobody changes one.
@dataclass(slots=True)
class Told:
    """`size` is what it takes on the wire at most; only `author` is shown which command it answers."""

    seq: int
    kind: str
    author: str
    command: str
    public: str
    size: int

    def to(self, viewer: str) -> str:
        if self.command and viewer == self.author:
            return f'{self.public[:-1]},"command":{wire.encode(self.command)}}}'
        return self.public


# `,"command":"…"` with a UUID.
MARK = 60


def tell(record: Record) -> Told:
    return told_as(record.seq, record.kind, record.by_user, record.command, record.text())


def told_as(seq: int, kind: str, author: str, command: str, text: str) -> Told:
    return Told(seq, kind, author, command, text, wire.size(text) + MARK)
