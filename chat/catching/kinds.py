"""What can be caught, and where it stands. Must never hold a rule about it."""

from typing import NamedTuple

KINDS = (
    "phone",
    "email",
    "link",
    "handle",
    "payment_outside",
    "asking",
    "review_blackmail",
    "threat",
    "card",
    "iban",
)


class Find(NamedTuple):
    """Something caught: `start` and `end` count code points of the text as it was written."""

    start: int
    end: int
    kind: str
