"""Notices as jobs of kind `notice`, written in the transaction of what they tell of. Who sends them is not known here.

The payload: {"user", "notice", "thread", "order", "facts": {…}, "key": the job's}. Facts always hold the order's
`title` and the parties' names as `buyer` and `seller`; of an act also `by` (the role of who acted), `payments`,
`offer`, `proposal` where it made, moved or ended one, and the fields of notices.SAID; of a reminder `deadline` and
`at`. Never anybody's words but the titles of an order or an offer.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from chat.acts import Act
from chat.announce import Record
from chat.entries import stamp
from chat.jobs import enqueue_all
from chat.models import Job, Thread
from chat.rules import Role
from orders.models import Claim, Offer, Proposal
from orders.notices import NOTICES, To, named, roles, said

KIND = "notice"


def tell(acts: Iterable[Act]) -> None:
    """Write the notices that these acts' entries lead to; joins every write of the log (chat.log.join)."""
    if wanted := [job for act in acts for record in act.records for job in _of(act, record)]:
        enqueue_all(wanted)


def _of(act: Act, record: Record) -> Iterator[Job]:
    row = NOTICES.get(named(record.kind, record.body, record.by_role))
    if row is None:
        return
    notice, to = row
    told = basics(act.thread) | {"by": record.by_role} | said(record.body) | _of_target(record.body) | _payments(act)
    users = [party(act.thread, role) for role in sorted(roles(to, record.by_role))]
    if to is To.FILER:
        users = [Claim.objects.values_list("by", flat=True).get(pk=record.body["claim"])]
    for user in users:
        yield job(f"{record.entry}:{user}", user, notice, act, told)


def job(key: str, user: str, notice: str, act: Act, facts: dict[str, Any]) -> Job:
    """One notice to one person, to be sent at once."""
    thread = act.thread
    about = {"thread": thread.id, "order": thread.order, "facts": facts}
    payload = {"user": user, "notice": notice, **about, "key": key}
    return Job(kind=KIND, key=key, payload=payload, run_at=act.now)


def basics(thread: Thread) -> dict[str, Any]:
    """What every letter about an order says."""
    return {
        "title": thread.title,
        "buyer": thread.buyer.name or thread.buyer_id,
        "seller": thread.seller.name or thread.seller_id,
    }


def party(thread: Thread, role: Role) -> str:
    return thread.buyer_id if role is Role.BUYER else thread.seller_id


def _of_target(body: dict[str, Any]) -> dict[str, Any]:
    """An offer's answer says only which; its letter names it. A proposal's likewise."""
    if (offer := body.get("offer")) is not None:
        return of_offer(Offer.objects.get(pk=offer))
    if (proposal := body.get("proposal")) is not None:
        return of_proposal(Proposal.objects.select_related("order").get(pk=proposal))
    return {}


def _payments(act: Act) -> dict[str, Any]:
    """What the same act did with the money: {"released": {"amount", "currency"}, …}."""
    paid = {
        record.kind.removeprefix("payment."): record.body["amount"]
        for record in act.records
        if record.kind.startswith("payment.")
    }
    return {"payments": paid} if paid else {}


def of_offer(offer: Offer) -> dict[str, Any]:
    return {
        "offer": {
            "number": offer.number,
            "title": offer.title,
            "price": {"amount": offer.price, "currency": offer.currency},
            "delivery_days": offer.delivery_days,
            "expires_at": stamp(offer.expires_at),
        }
    }


def of_proposal(proposal: Proposal) -> dict[str, Any]:
    about: dict[str, Any] = {"kind": proposal.kind, "expires_at": stamp(proposal.expires_at)}
    if proposal.amount is not None:
        about["amount"] = {"amount": proposal.amount, "currency": proposal.order.currency}
    if proposal.deliver_by is not None:
        about["deliver_by"] = stamp(proposal.deliver_by)
    return {"proposal": about}
