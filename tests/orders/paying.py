"""The host that is paid for offers, as tests play it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from chat.refusals import Refused
from orders import payments
from orders.commands import OfferPayment
from tests.market import Deal, Said


@contextmanager
def by_the_host() -> Iterator[None]:
    """PAYMENT=host, in this process."""
    with override_settings(ENV=settings.ENV.model_copy(update={"payment": "host"})):
        yield


def says(deal: Deal, offer: str, status: str = "paid", reference: str = "pay-7") -> Said:
    """The host's word about a payment. Raises Refused."""
    word = {"offer": offer, "reference": reference, "status": status}
    return payments.settle(deal.order, OfferPayment.model_validate(word))


def refused(deal: Deal, offer: str, status: str = "paid", reference: str = "pay-7") -> Refused:
    with pytest.raises(Refused) as caught:
        says(deal, offer, status, reference)
    return caught.value


def awaiting(deal: Deal, **offered: Any) -> str:
    """An offer of sam's that kim has accepted and that waits for its money."""
    offer = str(deal.sam.does("offer.make", **offered)["offer"])
    deal.kim.does("offer.accept", offer=offer)
    return offer


def state_of(deal: Deal, offer: str) -> str:
    return next(str(each["state"]) for each in deal.kim.sees()["offers"] if each["offer"] == offer)
