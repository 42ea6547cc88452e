"""Who asks: a person with a standing, the host's backend, or the clock. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    USER = "user"
    MODERATOR = "moderator"
    HOST = "host"
    CLOCK = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who was authenticated. Which role that is in a thread, the thread's row decides."""

    user: str
    standing: Standing
    name: str = ""


CLOCK = Actor("", Standing.CLOCK)
