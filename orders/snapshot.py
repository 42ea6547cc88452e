"""A thread and its order as one person may see them now: protocol.md §6a, built from one consistent view.

Must never write and never show a party what is another's: statements and claim reasons are their author's.
"""

from datetime import datetime
from typing import Any

from chat.acts import Act
from chat.entries import stamp
from chat.models import Statement, Thread
from chat.policy import policy as talk
from chat.rules import PARTIES, Role
from orders import deadlines
from orders.models import Claim, Offer, Order, Proposal, Review, SupportItem
from orders.process import State
from orders.proposals import amount
from orders.reviews import REMOVED
from orders.rows import Rows


def build(act: Act, order: Order, rows: Rows, can: dict[str, Any]) -> dict[str, Any]:
    """The snapshot, flat; `can` are the actor's capabilities.

    `parties[].online` is the door's to fill in: presence is not in the database.
    """
    thread = act.thread
    places = {place.user_id: place for place in rows.places}
    mine = places.get(act.actor.user)
    snapshot: dict[str, Any] = {
        "as_of": thread.head,
        "thread": thread.id,
        "order": order_part(order, act.now, rows.next),
        "parties": [
            {"user": row.id, "role": role, "name": row.name or row.id, "online": False}
            for row, role in ((thread.buyer, "buyer"), (thread.seller, "seller"))
        ],
        "offers": [offer_part(offer) for offer in rows.offers],
        "proposals": [proposal_part(each) for each in rows.proposals],
        "claims": [claim_part(each, act) for each in rows.claims],
        "support": {
            "items": [support_part(item) for item in rows.items],
            "follow_ups_remaining": follow_ups_remaining(thread, order),
        },
        "statements": [statement_part(each) for each in rows.statements],
        "review": None if rows.review is None else review_part(rows.review, act),
        "read": {user: place.read for user, place in places.items()},
        "delivered": {user: place.delivered for user, place in places.items()},
        "muted": bool(mine and mine.muted),
        "archived": bool(mine and mine.archived),
        "capabilities": can,
        "closed": closed_part(thread),
    }
    if rows.held:
        snapshot["held"] = rows.held
    return snapshot


def order_part(order: Order, now: datetime, following: list[Order]) -> dict[str, Any]:
    part: dict[str, Any] = {
        "order": order.id,
        "title": order.title,
        "state": order.state,
        "version": order.version,
        "late": deadlines.situation(order, now) is State.LATE,
        "price": {"amount": order.price, "currency": order.currency},
        "deadlines": {name: stamp(at) for name, at in deadlines.shown(order).items()},
        "next": [{"order": row.id, "thread": row.thread_id} for row in following],
    }
    if order.previous is not None:
        part["previous"] = {"order": order.previous.id, "thread": order.previous.thread_id}
    return part


def offer_part(offer: Offer) -> dict[str, Any]:
    part: dict[str, Any] = {
        "offer": offer.id,
        "number": offer.number,
        "title": offer.title,
        "description": offer.description,
        "price": {"amount": offer.price, "currency": offer.currency},
        "delivery_days": offer.delivery_days,
        "revisions": offer.revisions,
        "expires_at": stamp(offer.expires_at),
        "state": offer.state,
        "by": {"role": "seller", "user": offer.order.seller_id},
    }
    if offer.pay_by is not None:
        part["pay_by"] = stamp(offer.pay_by)
    return part


def proposal_part(proposal: Proposal) -> dict[str, Any]:
    part: dict[str, Any] = {
        "proposal": proposal.id,
        "kind": proposal.kind,
        "state": proposal.state,
        "by": {"role": proposal.by_role, "user": proposal.by},
        "reason": proposal.reason,
        "expires_at": stamp(proposal.expires_at),
    }
    if (money := amount(proposal)) is not None:
        part["amount"] = money.model_dump()
    if proposal.deliver_by is not None:
        part["deliver_by"] = stamp(proposal.deliver_by)
    return part


def claim_part(claim: Claim, act: Act) -> dict[str, Any]:
    """Its reason and its answer are read by their author and by staff."""
    by = {"role": claim.by_role, "user": claim.by}
    part: dict[str, Any] = {"claim": claim.id, "state": claim.state, "by": by}
    if act.role not in PARTIES or claim.by == act.actor.user:
        part["reason"] = claim.reason
        if claim.answer:
            part["answer"] = claim.answer
    return part


def support_part(item: SupportItem) -> dict[str, Any]:
    by = {"role": item.by_role, "user": item.by}
    return {"item": item.id, "state": item.state, "opened_by": by, "seq": item.seq}


def review_part(review: Review, act: Act) -> dict[str, Any]:
    part: dict[str, Any] = {
        "review": review.id,
        "state": review.state,
        "by": {"role": "buyer", "user": act.thread.buyer_id},
        "at": stamp(review.at),
    }
    if review.state != REMOVED or act.role not in PARTIES:
        part |= {"rating": review.rating, "text": review.text}
        if review.reply:
            part["reply"] = review.reply
    if review.ground:
        part["ground"] = review.ground
    if review.ruling:
        part["reason"] = review.ruling
    return part


def follow_ups_remaining(thread: Thread, order: Order) -> int | None:
    """What is left of the seller's messages since the buyer's last; None outside `closed`."""
    return max(0, talk.follow_ups - thread.follow_ups) if order.state == State.CLOSED else None


def statement_part(statement: Statement) -> dict[str, Any]:
    return {"statement": statement.id, "text": statement.text, "at": stamp(statement.at)}


def closed_part(thread: Thread) -> dict[str, Any] | None:
    if thread.left_at is None:
        return None
    at = stamp(thread.left_at)
    if thread.left_by not in PARTIES:
        return {"by": {"role": thread.left_by}, "cause": "window", "at": at}
    user = thread.buyer_id if thread.left_by == Role.BUYER else thread.seller_id
    return {"by": {"role": thread.left_by, "user": user}, "cause": "left", "at": at}
