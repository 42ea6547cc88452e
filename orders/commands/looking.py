"""What staff ask of an order's past.

Pure: must never import Django; see chat/commands.py for what is checked here and what after the rules.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chat.commands import ThreadCommand
from orders.commands.settling import Instant


class ModerationReplay(ThreadCommand):
    """The thread as it stood right after `seq`, or at the instant `at`: one of the two."""

    type: Literal["moderation.replay"]
    seq: Annotated[int, Field(ge=1, le=2**53)] | None = None
    at: Instant | None = None

    @model_validator(mode="after")
    def one(self) -> Self:
        if (self.seq is None) == (self.at is None):
            raise PydanticCustomError("missing", "either a seq or an instant", {"field": "seq"})
        return self
