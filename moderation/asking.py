"""What may be asked of staff's measures against people, of decisions, appeals and records: a closed list of commands.

Pure: must never import Django. Here stands only what makes a command readable.
"""

from typing import Annotated, Literal

from pydantic import StringConstraints

from chat.commands import Command, Name

Cursor = Annotated[str, StringConstraints(max_length=200)]


class ModerationSuspend(Command):
    type: Literal["moderation.suspend"]
    user: Name
    reason: str


class ModerationReinstate(Command):
    type: Literal["moderation.reinstate"]
    user: Name
    reason: str
