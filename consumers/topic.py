"""One thread that somebody in this process follows: its followers, the end of its log, and their rights in it.

Must never be asked who may follow: whoever is in here was let in by the database (errands.py).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from chat.actors import Actor
from chat.refusals import Refused
from consumers.ring import Ring
from consumers.told import Told


class Member(Protocol):
    """What the hub knows of a socket. None of these may wait or raise."""

    actor: Actor
    # The page session that opened it, where one did.
    session_key: str

    @property
    def is_busy(self) -> bool: ...

    def hint(self, thread: str, head: int) -> None: ...

    def whisper(self, thread: str, text: str) -> None: ...

    def notify(self, text: str) -> None: ...

    def show(self, thread: str, rights: "Rights") -> None: ...

    def lost(self, thread: str, refusal: Refused) -> None: ...

    def close(self, code: int, reason: str = "", *, after_ms: int | None = None) -> None: ...


@dataclass(slots=True, eq=False)
class Rights:
    """What one person was last found to be allowed in a thread, and when that may change by itself (trade time)."""

    actor: Actor
    as_of: int = 0
    until: datetime | None = None
    # A fingerprint of what was said, and the frame that says it, kept only until it is shown.
    said: str = ""
    frame: str = ""
    # Does any message move it, does one of the actor's own?
    moved_by: tuple[bool, bool] = (True, True)
    asking: bool = False
    stale: bool = False


@dataclass(slots=True, eq=False)
class Topic:
    """`known` is as far as the log is thought to go."""

    thread: str
    members: set[Member] = field(default_factory=set)
    parties: tuple[str, ...] = ()
    ring: Ring = field(default_factory=Ring)
    known: int = 0
    rights: dict[Actor, Rights] = field(default_factory=dict)

    def take(self, told: list[Told]) -> None:
        """Entries were committed: tell the followers that there is something to read."""
        self.ring.add(told)
        self.reaches(told[-1].seq)

    def reaches(self, head: int) -> bool:
        """The log goes as far as `head`; True where that is news. All look again anyway: a read may have failed."""
        fresh = head > self.known
        self.known = max(self.known, head)
        for member in tuple(self.members):
            member.hint(self.thread, self.known)
        return fresh

    def whisper(self, text: str, but: str) -> None:
        for member in tuple(self.members):
            if member.actor.user != but:
                member.whisper(self.thread, text)

    def of(self, actor: Actor) -> list[Member]:
        """This person's sockets among the followers."""
        return [member for member in self.members if member.actor == actor]
