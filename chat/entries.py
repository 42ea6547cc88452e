"""What can happen in a thread (protocol.md §7): a closed list of typed entry bodies.

Must never import Django. A body field never has a name of the envelope. `kind` is the class attribute, not a field.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, PlainSerializer


@lru_cache(maxsize=512)
def stamp(at: datetime) -> str:
    """RFC 3339, UTC, milliseconds (protocol.md §2). Kept: one instant is told many times, one after another."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


Time = Annotated[datetime, PlainSerializer(stamp, return_type=str)]


class Body(BaseModel):
    """What an entry says beyond its envelope."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str]

    def wire(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_none=True)


class Message(Body):
    kind = "message"
    text: str
    purpose: str = "chat"
    attachments: tuple[str, ...] = ()
    reply_to: int | None = None

    @staticmethod
    def said(text: str, purpose: str = "chat", reply_to: int | None = None) -> dict[str, Any]:
        """What `wire` gives, without making a body first: no other kind is told so often."""
        said: dict[str, Any] = {"text": text, "purpose": purpose, "attachments": []}
        if reply_to is not None:
            said["reply_to"] = reply_to
        return said


class MessageEdited(Body):
    kind = "message.edited"
    target: int
    text: str


class MessageRedacted(Body):
    kind = "message.redacted"
    target: int
    by_role: str
    reason: str | None = None


class PartyLeft(Body):
    kind = "party.left"
    role: str


class ThreadClosed(Body):
    kind = "thread.closed"
    cause: Literal["left", "erased", "window"]
    role: str
