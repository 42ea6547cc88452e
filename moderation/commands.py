"""What may be asked of the queue and of a case: a closed list of typed commands.

Pure: must never import Django. Here stands only what makes a command readable.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chat.commands import Command, Limit, ThreadCommand

Kind = Literal["message", "held", "claim", "review", "appeal"]
# `message:<thread>:<seq>`, `held:<id>`, `claim:<claim>`, `review:<order>`, `appeal:<appeal>`.
Item = Annotated[
    str, StringConstraints(pattern=r"^(message|held|claim|review|appeal):[^\s\p{C}]{1,120}$", max_length=128)
]


class ModerationQueue(Command):
    """What waits for a moderator, what matters most first, without a word of anybody."""

    type: Literal["moderation.queue"]
    kinds: Annotated[tuple[Kind, ...], Field(strict=False)] | None = None
    cursor: Annotated[str, StringConstraints(max_length=300)] | None = None
    limit: Limit = 50


class ItemCommand(Command):
    item: Item


class ModerationTakeItem(ItemCommand):
    """Take an item in hand, or keep it longer; it is a recorded look at the thread."""

    type: Literal["moderation.take_item"]


class ModerationPutBack(ItemCommand):
    type: Literal["moderation.put_back"]


class ModerationSettle(ItemCommand):
    """What becomes of the reports and flags on one message."""

    type: Literal["moderation.settle"]
    outcome: Literal["upheld", "dismissed"]
    reason: str


class ModerationCase(ThreadCommand):
    """All that staff may see of a thread beside its log."""

    type: Literal["moderation.case"]
