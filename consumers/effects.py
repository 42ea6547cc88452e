"""What a session wants done that it cannot do itself, because it takes time or other people. Pure.

errands.py carries these out and tells the session the outcome.
"""

from dataclasses import dataclass

from consumers.following import Following
from consumers.turns import Job
from consumers.vocabulary import Hello


@dataclass(frozen=True, slots=True)
class Enter:
    """Find out who this is; then `welcomed` or `turned_away`."""

    hello: Hello


@dataclass(frozen=True, slots=True)
class Renew:
    """Check the newer credential; then `renewed` or `refused`."""

    job: Job


# These two are not frozen, for freezing doubles what making one costs; nobody changes one.
@dataclass(slots=True)
class Run:
    """Have the command done; then `answered` or `refused`."""

    job: Job


@dataclass(frozen=True, slots=True)
class Follow:
    """Bring the thread's hints from now on, and then see where it stands; then `subscribed` or `refused`."""

    job: Job
    following: Following


@dataclass(frozen=True, slots=True)
class Unfollow:
    """No hints of this thread any more."""

    thread: str


@dataclass(slots=True)
class Read:
    """Up to `limit` entries after `after`; then `took`, or `missed`."""

    following: Following
    after: int
    limit: int


@dataclass(frozen=True, slots=True)
class Typing:
    """Tell the thread's other subscribers."""

    thread: str
    on: bool


@dataclass(frozen=True, slots=True)
class Stream:
    """Begin or end the moderators' feed of this socket; then `answered` or `refused`."""

    job: Job


Effect = Enter | Renew | Run | Stream | Follow | Unfollow | Read | Typing
