"""What is told to whoever listens in this process after a commit; never before one, and never the truth itself.

Listeners get called in the thread that committed, must return at once and must not raise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chat.entries import stamp


@dataclass(frozen=True, slots=True)
class Record:
    """One committed entry as everyone may know it; `command` and `original` are for some eyes only."""

    seq: int
    entry: str
    kind: str
    at: datetime
    by_role: str
    by_user: str
    command: str
    body: dict[str, Any]

    def wire(self, viewer: str = "") -> dict[str, Any]:
        """The entry of protocol.md §5; only its author is shown the command's id."""
        by = {"role": self.by_role, "user": self.by_user} if self.by_user else {"role": self.by_role}
        said = {
            "seq": self.seq,
            "entry": self.entry,
            "kind": self.kind,
            "version": 1,
            "at": stamp(self.at),
            "by": by,
        }
        if self.command and viewer and viewer == self.by_user:
            said["command"] = self.command
        return said | self.body


@dataclass(frozen=True, slots=True)
class Committed:
    """Consecutive entries of one thread, and who its parties are."""

    thread: str
    buyer: str
    seller: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """A frame that may be lost: typing, presence, read, delivered. Goes to the thread's subscribers but `sender`."""

    thread: str
    sender: str
    frame: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Revoked:
    """This person's live sockets must end now (suspension, erasure)."""

    user: str


News = Committed | Signal | Revoked
_listeners: list[Callable[[News], None]] = []


def listen(listener: Callable[[News], None]) -> None:
    _listeners.append(listener)


def announce(news: News) -> None:
    for listener in _listeners:
        listener(news)
