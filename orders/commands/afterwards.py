"""After the sale: support, and the review with its reply, contest and ruling.

Pure: must never import Django; see chat/commands.py for what is checked here and what after the rules.
"""

from typing import Annotated, Literal

from pydantic import Field

from chat.commands import Name, ThreadCommand


class SupportOpen(ThreadCommand):
    type: Literal["support.open"]
    text: str


class SupportResolve(ThreadCommand):
    type: Literal["support.resolve"]
    item: Name


class ReviewWrite(ThreadCommand):
    type: Literal["review.write"]
    rating: Annotated[int, Field(ge=1, le=5)]
    text: str


class ReviewReply(ThreadCommand):
    type: Literal["review.reply"]
    text: str


class ReviewContest(ThreadCommand):
    type: Literal["review.contest"]
    ground: str
    text: str


class ModerationRuleReview(ThreadCommand):
    type: Literal["moderation.rule_review"]
    outcome: Literal["remove", "keep"]
    reason: str
