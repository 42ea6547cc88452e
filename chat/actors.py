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
    """Somebody who was authenticated. Which role that is in a thread, the thread's row decides.

    `lead`: a moderator who also rules on appeals and reads everybody's records.
    """

    user: str
    standing: Standing
    name: str = ""
    lead: bool = False

    @property
    def role(self) -> str:
        """What the host calls it: "lead", "moderator" or empty."""
        if self.standing is not Standing.MODERATOR:
            return ""
        return "lead" if self.lead else "moderator"


CLOCK = Actor("", Standing.CLOCK)
