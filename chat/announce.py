"""What is told to whoever listens in this process after a commit; never before one, and never the truth itself.

Listeners get called in the event loop where the commit was made for it (chat.offload), else in the thread that
committed. They must return at once and must not raise.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from chat.encoding import encode
from chat.entries import stamp


# Not frozen, for freezing doubles what making one costs; nobody changes one.
@dataclass(slots=True)
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
    _said: str = ""

    @property
    def said(self) -> str:
        """The body's JSON, made once for the log and for everybody who is told."""
        if not self._said:
            self._said = encode(self.body)
        return self._said

    def placed(self) -> dict[str, Any]:
        """Where it stands, as its command is answered."""
        return {"seq": self.seq, "entry": self.entry, "at": stamp(self.at)}

    def place(self) -> str:
        """The same as JSON: a name of ours and an instant need no escaping."""
        return f'{{"seq":{self.seq},"entry":"{self.entry}","at":"{stamp(self.at)}"}}'

    def text(self) -> str:
        """The entry's JSON as everyone may have it."""
        named = f'"entry":"{self.entry}","kind":"{self.kind}","version":1,"at":"{stamp(self.at)}"'
        head = f'{{"seq":{self.seq},{named},"by":{by(self.by_role, self.by_user)}'
        return f"{head},{self.said[1:]}" if self.body else f"{head}}}"

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


@lru_cache(maxsize=2048)
def by(role: str, user: str) -> str:
    """Who an entry is from, as JSON. Kept: one person says many things, one after another."""
    return f'{{"role":"{role}","user":{encode(user)}}}' if user else f'{{"role":"{role}"}}'


@dataclass(slots=True)
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
    """This person's live sockets must end now: all (suspension, erasure), a page session's (signed out), or those
    that they came in with as staff, which they are no longer.
    """

    user: str
    session: str = ""
    staff: bool = False


@dataclass(frozen=True, slots=True)
class Touched:
    """Something of this thread changed that is no entry and that only staff see: a report, a flag, a settlement."""

    thread: str


@dataclass(frozen=True, slots=True)
class Personal:
    """A frame for all sockets of one person, about no thread that they follow; it may be lost."""

    user: str
    frame: dict[str, Any]


News = Committed | Signal | Revoked | Touched | Personal
_listeners: list[Callable[[News], None]] = []


def listen(listener: Callable[[News], None]) -> None:
    _listeners.append(listener)


_here = threading.local()


def announce(news: News) -> None:
    held: list[News] | None = getattr(_here, "held", None)
    if held is None:
        tell(news)
    else:
        held.append(news)


def tell(news: News) -> None:
    for listener in _listeners:
        listener(news)


@contextmanager
def held() -> Iterator[list[News]]:
    """What this thread announces in here is kept for the caller, who has to tell it."""
    kept: list[News] = []
    _here.held = kept
    try:
        yield kept
    finally:
        _here.held = None
