"""Custom offers.

Pure: must never import Django.
"""

from chat.commands import Money
from chat.entries import Body, Time


class OfferMade(Body):
    kind = "offer.made"
    offer: str
    number: int
    title: str
    price: Money
    description: str
    delivery_days: int
    revisions: int
    expires_at: Time


class OfferAccepted(Body):
    kind = "offer.accepted"
    offer: str
    order: str | None = None
    thread: str | None = None


class OfferAwaiting(Body):
    """The buyer accepted; the host has until `pay_by` to say that it was paid."""

    kind = "offer.awaiting"
    offer: str
    pay_by: Time


class OfferReopened(Body):
    """It was not paid and may be accepted again; `cause`: `failed`, or `timeout`."""

    kind = "offer.reopened"
    offer: str
    cause: str


class OfferDeclined(Body):
    kind = "offer.declined"
    offer: str


class OfferWithdrawn(Body):
    kind = "offer.withdrawn"
    offer: str


class OfferExpired(Body):
    kind = "offer.expired"
    offer: str


class OfferVoided(Body):
    kind = "offer.voided"
    offer: str


class OfferRequested(Body):
    kind = "offer.requested"
    text: str
