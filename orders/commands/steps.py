"""The steps of an order, from its start to its end.

Pure: must never import Django; see chat/commands.py for what is checked here and what after the rules.
"""

from typing import Annotated, Literal

from pydantic import Field

from chat.commands import Name, ThreadCommand

Version = Annotated[int, Field(ge=0, le=2**53)]


class OrderStep(ThreadCommand):
    """A step names the order version that its author saw."""

    expect: Version


class OrderStart(OrderStep):
    type: Literal["order.start"]


class OrderDecline(OrderStep):
    type: Literal["order.decline"]


class OrderWithdraw(OrderStep):
    type: Literal["order.withdraw"]


class OrderDeliver(OrderStep):
    type: Literal["order.deliver"]
    note: str
    attachments: Annotated[tuple[Name, ...], Field(max_length=10, strict=False)] = ()


class OrderClose(OrderStep):
    type: Literal["order.close"]


class OrderRequestRevision(OrderStep):
    type: Literal["order.request_revision"]
    text: str


class OrderAcceptRevision(OrderStep):
    type: Literal["order.accept_revision"]


class OrderRefuseRevision(OrderStep):
    type: Literal["order.refuse_revision"]
    reason: str


class OrderCancel(OrderStep):
    type: Literal["order.cancel"]
    reason: str
