"""Reviews: the buyer's one word on a closed order, the seller's reply and contest, a moderator's ruling.

The window holds to the second and does not depend on the thread (I8). Each returns the reply of protocol.md §6 and
raises Refused.
"""

from typing import Any

from chat import staff
from chat.actors import Actor
from chat.acts import Act
from chat.ids import new_name
from chat.refusals import Refused
from chat.text import fit, reason
from orders import deadlines
from orders.commands import ModerationRuleReview, ReviewContest, ReviewReply, ReviewWrite
from orders.entries import ReviewContested, ReviewKept, ReviewRemoved, ReviewReplied, ReviewWritten
from orders.models import Order, Review
from orders.process import ORDER
from orders.road import take_order

# domain.md, "Reviews": disagreement is not a ground.
GROUNDS = frozenset({"abuse", "personal_data", "wrong_order", "threat", "blackmail", "paid", "fake", "illegal"})
WRITTEN, CONTESTED, REMOVED, KEPT = "written", "contested", "removed", "kept"


def write(actor: Actor, command: ReviewWrite) -> dict[str, Any]:
    """{review}. Raises Refused review_window_over, already_reviewed."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        act.check(ORDER, "review.write", deadlines.situation(order, act.now))
        if of(order) is not None:
            raise Refused("already_reviewed")
        if order.review_until is None or act.now >= order.review_until:
            raise Refused("review_window_over")
        name, text = new_name(), act.sift(fit(command.text))
        entry = act.append(ReviewWritten(review=name, rating=command.rating, text=text), own=True)
        Review.objects.create(
            id=name, order=order, state=WRITTEN, rating=command.rating, text=text, seq=entry.seq, at=act.now
        )
        return {"review": name}

    return take_order(actor, command, handle)


def reply(actor: Actor, command: ReviewReply) -> dict[str, Any]:
    """{review}. Once; raises Refused not_allowed for a second, or where the review was removed."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        act.check(ORDER, "review.reply", deadlines.situation(order, act.now))
        review = standing(order)
        if review.reply or review.state == REMOVED:
            raise Refused("not_allowed", "This review has its reply, or is gone.")
        review.reply = act.sift(fit(command.text))
        review.save(update_fields=["reply"])
        act.append(ReviewReplied(review=review.id, text=review.reply), own=True)
        return {"review": review.id}

    return take_order(actor, command, handle)


def contest(actor: Actor, command: ReviewContest) -> dict[str, Any]:
    """{review}. Once, on a listed ground; its words are for staff. Raises Refused bad_ground, not_allowed."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        act.check(ORDER, "review.contest", deadlines.situation(order, act.now))
        review = standing(order)
        if review.state != WRITTEN:
            raise Refused("not_allowed", "This review was contested already.")
        if command.ground not in GROUNDS:
            raise Refused("bad_ground", grounds=sorted(GROUNDS))
        review.state, review.ground, review.contest = CONTESTED, command.ground, fit(command.text)
        review.save(update_fields=["state", "ground", "contest"])
        act.append(ReviewContested(review=review.id, ground=review.ground), own=True)
        return {"review": review.id}

    return take_order(actor, command, handle)


def rule(actor: Actor, command: ModerationRuleReview) -> dict[str, Any]:
    """{review}: a moderator removes or keeps a contested review, with a reason both see."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        act.check(ORDER, "moderation.rule_review", deadlines.situation(order, act.now))
        review = standing(order)
        if review.state != CONTESTED:
            raise Refused("not_allowed", "This review is not contested.")
        review.ruling = reason(command.reason)
        if command.outcome == "remove":
            review.state = REMOVED
            act.append(ReviewRemoved(review=review.id, target=review.seq, reason=review.ruling), own=True)
        else:
            review.state = KEPT
            act.append(ReviewKept(review=review.id, reason=review.ruling), own=True)
        review.save(update_fields=["state", "ruling"])
        staff.record(act, "moderation.rule_review", review.ruling, outcome=command.outcome)
        return {"review": review.id}

    return take_order(actor, command, handle)


def of(order: Order) -> Review | None:
    return Review.objects.filter(order=order).first()


def standing(order: Order) -> Review:
    """The order's review. Raises Refused not_found."""
    review = of(order)
    if review is None:
        raise Refused("not_found")
    return review
