"""What a command lacks though its rules would allow it: a target, a budget, time.

Each function of `LACKS` raises the Refused that the service of that command would. Must never read or write.
"""

from collections.abc import Callable

from chat.holding import may_be_said
from chat.policy import policy as talk
from chat.refusals import Refused
from chat.rules import PARTIES, Mode, Role
from orders import reviews
from orders.facts import Facts
from orders.models import Proposal
from orders.process import CLAIM, ORDER


def _offer(facts: Facts) -> None:
    if not facts.open_offer:
        raise Refused("offer_not_open", "There is no open offer.")


def _message(facts: Facts) -> None:
    if not facts.any_message:
        raise Refused("not_found", "There is no message yet.")


def _own_message(facts: Facts) -> None:
    if facts.act.role not in PARTIES:
        _message(facts)
        if not facts.any_standing:
            raise Refused("not_allowed", "Every message is redacted already.")
    elif facts.last_own is None or facts.act.now >= talk.edit_until(facts.last_own):
        raise Refused("edit_window_over")


def _follow_up(facts: Facts) -> None:
    thread = facts.act.thread
    bounded = thread.mode == Mode.AFTER_SALES and facts.act.role is Role.SELLER
    if bounded and thread.follow_ups >= talk.follow_ups:
        raise Refused("follow_up_budget")


def _acceptable(facts: Facts) -> None:
    others = _theirs(facts)
    refusals = []
    for proposal in others:
        try:
            facts.act.check(ORDER, f"proposal.accept:{proposal.kind}", facts.situation)
            return
        except Refused as refusal:
            refusals.append(refusal)
    raise refusals[0]


def _theirs(facts: Facts) -> list[Proposal]:
    others = [each for each in facts.proposals if each.by_role != facts.act.role]
    if not others:
        raise Refused("proposal_not_open", "There is no open proposal to answer.")
    return others


def _own_proposal(facts: Facts) -> None:
    if not any(each.by_role == facts.act.role for each in facts.proposals):
        raise Refused("proposal_not_open", "You have no open proposal.")


def _no_claim(facts: Facts) -> None:
    if facts.claim is not None:
        raise Refused("not_allowed", "Your claim is open already.")


def _claim(facts: Facts) -> None:
    if facts.claim is None:
        raise Refused("not_found", "You have no open claim.")
    facts.act.check(CLAIM, "claim.withdraw", facts.claim.state)


def _any_claim(facts: Facts) -> None:
    if not facts.any_claim:
        raise Refused("not_found", "There is no open claim.")


def _item(facts: Facts) -> None:
    if not facts.open_item:
        raise Refused("not_found", "There is nothing to resolve.")


def _to_review(facts: Facts) -> None:
    if facts.review is not None:
        raise Refused("already_reviewed")
    if facts.order.review_until is None or facts.act.now >= facts.order.review_until:
        raise Refused("review_window_over")


def _to_reply(facts: Facts) -> None:
    if facts.review is None:
        raise Refused("not_found", "There is no review yet.")
    if facts.review.reply or facts.review.state == reviews.REMOVED:
        raise Refused("not_allowed", "This review has its reply, or is gone.")


def _to_contest(facts: Facts) -> None:
    if facts.review is None:
        raise Refused("not_found", "There is no review yet.")
    if facts.review.state != reviews.WRITTEN:
        raise Refused("not_allowed", "This review was contested already.")


def _held(facts: Facts) -> None:
    if not facts.held:
        raise Refused("not_found", "No message is held.")


def _to_release(facts: Facts) -> None:
    _held(facts)
    refusals = []
    for held in facts.held:
        try:
            may_be_said(facts.act.thread, held)
            return
        except Refused as refusal:
            refusals.append(refusal)
    raise refusals[0]


def _to_rule(facts: Facts) -> None:
    if facts.review is None:
        raise Refused("not_found", "There is no review yet.")
    if facts.review.state != reviews.CONTESTED:
        raise Refused("not_allowed", "This review is not contested.")


LACKS: dict[str, Callable[[Facts], object]] = {
    "offer.accept": _offer,
    "offer.decline": _offer,
    "offer.withdraw": _offer,
    "message.edit": _own_message,
    "message.redact": _own_message,
    "message.report": _message,
    "message.send": _follow_up,
    "message.send:support": _follow_up,
    "message.send:check_in": _follow_up,
    "proposal.accept": _acceptable,
    "proposal.decline": _theirs,
    "proposal.withdraw": _own_proposal,
    "claim.file": _no_claim,
    "claim.withdraw": _claim,
    "moderation.reject_claim": _any_claim,
    "support.resolve": _item,
    "review.write": _to_review,
    "review.reply": _to_reply,
    "review.contest": _to_contest,
    "moderation.rule_review": _to_rule,
    "moderation.release_message": _to_release,
    "moderation.reject_message": _held,
}
