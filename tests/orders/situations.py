"""Situations in words: an order's state, then what else happened, as in `closed insistent left`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chat import people
from chat.entries import stamp
from tests.market import Deal, now, passes


def old(deal: Deal) -> None:
    """What was written can no longer be changed."""
    passes(minutes=16)


def left(deal: Deal) -> None:
    deal.kim.does("thread.leave")


def insistent(deal: Deal) -> None:
    """Sam has nothing left of his budget."""
    while deal.sam.sees()["support"]["follow_ups_remaining"]:
        deal.sam.does("message.send")


def proposed(deal: Deal) -> None:
    """One proposal of each kind, by both."""
    deal.kim.does("proposal.make", kind="refund", amount={"amount": 5, "currency": "EUR"})
    if deal.seen()["state"] == "in_progress":
        deal.kim.does("proposal.make", kind="cancellation")
        deal.sam.does("proposal.make", kind="extension", deliver_by=stamp(now() + timedelta(days=30)))


def claimed(deal: Deal) -> None:
    deal.kim.does("claim.file")


def supported(deal: Deal) -> None:
    deal.kim.does("support.open")


def reviewed(deal: Deal) -> None:
    deal.kim.does("review.write")


def contested(deal: Deal) -> None:
    deal.sam.does("review.contest")


def ruled(deal: Deal) -> None:
    deal.mia.does("moderation.rule_review", outcome="remove")


def delivered_after(deal: Deal) -> None:
    deal.sam.does("order.deliver")


def expired_after(deal: Deal) -> None:
    passes(days=160)


def frozen_after(deal: Deal) -> None:
    deal.mia.does("moderation.freeze")


def unreviewed(deal: Deal) -> None:
    """The time for a review is over."""
    passes(days=190)


def retracted(deal: Deal) -> None:
    """Whatever was written was taken back."""
    for entry in deal.log():
        if entry["kind"] == "message":
            (deal.kim if entry["by"]["user"] == deal.kim.user else deal.sam).does("message.redact", target=entry["seq"])


WORDS: dict[str, Callable[[Deal], Any]] = {
    "old": old, "left": left, "insistent": insistent, "proposed": proposed, "claimed": claimed,
    "supported": supported, "reviewed": reviewed, "contested": contested, "ruled": ruled, "unreviewed": unreviewed,
    "retracted": retracted,
    "then-delivered": delivered_after, "then-frozen": frozen_after, "then-expired": expired_after,
}  # fmt: skip


def arrange(deal: Deal, situation: str) -> None:
    for word in situation.split():
        if word.endswith("-suspended"):
            people.suspend(getattr(deal, word.removesuffix("-suspended")).user, "a test")
        elif word in WORDS:
            WORDS[word](deal)
        else:
            deal.to(word)
