"""Support and reviews.

Pure: must never import Django.
"""

from chat.entries import Body


class SupportOpened(Body):
    kind = "support.opened"
    item: str
    text: str


class SupportResolved(Body):
    kind = "support.resolved"
    item: str


class ReviewWritten(Body):
    kind = "review.written"
    review: str
    rating: int
    text: str


class ReviewReplied(Body):
    kind = "review.replied"
    review: str
    text: str


class ReviewContested(Body):
    kind = "review.contested"
    review: str
    ground: str


class ReviewRemoved(Body):
    """`target` is the seq of the review, whose words nobody but staff reads from now on."""

    kind = "review.removed"
    review: str
    target: int
    reason: str


class ReviewKept(Body):
    kind = "review.kept"
    review: str
    reason: str
