"""Custom offers: made, asked for, answered.

Pure: must never import Django; see chat/commands.py for what is checked here and what after the rules.
"""

from typing import Annotated, Literal

from pydantic import Field

from chat.commands import Name, Price, ThreadCommand


class OfferMake(ThreadCommand):
    type: Literal["offer.make"]
    title: str
    price: Price
    description: str = ""
    delivery_days: Annotated[int, Field(ge=1, le=365)]
    revisions: Annotated[int, Field(ge=0, le=1000)] = 0
    expires_in_s: Annotated[int, Field(ge=1, le=90 * 86400)] | None = None


class OfferStep(ThreadCommand):
    offer: Name


class OfferWithdraw(OfferStep):
    type: Literal["offer.withdraw"]


class OfferDecline(OfferStep):
    type: Literal["offer.decline"]


class OfferAccept(OfferStep):
    type: Literal["offer.accept"]


class OfferRequest(ThreadCommand):
    type: Literal["offer.request"]
    text: str
