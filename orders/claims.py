"""Claims: a party calls for a moderator. The reason is for staff; the answer to it is for the filer only.

Must never put a reason into the thread's log: the other party reads that too. Each returns the reply of protocol.md §6
and raises Refused.
"""

from typing import Any

from chat import staff
from chat.actors import Actor
from chat.acts import Act
from chat.ids import new_name
from chat.refusals import Refused
from chat.text import fit, reason
from orders import deadlines
from orders.commands import ClaimFile, ClaimWithdraw, ModerationRejectClaim
from orders.entries import ClaimFiled, ClaimRejected, ClaimWithdrawn
from orders.models import Claim, Order
from orders.process import CLAIM, CLAIM_LIVE, ORDER, ClaimState
from orders.road import take_order


def file(actor: Actor, command: ClaimFile) -> dict[str, Any]:
    """{claim}. Raises Refused not_allowed where the party has an open one."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        act.check(ORDER, "claim.file", deadlines.situation(order, act.now))
        if mine(order, actor.user) is not None:
            raise Refused("not_allowed", "Your claim is open already.")
        claim = Claim(
            id=new_name(),
            order=order,
            state=ClaimState.OPEN,
            by_role=act.role,
            by=actor.user,
            reason=fit(command.reason, "reason"),
            at=act.now,
        )
        claim.save(force_insert=True)
        act.append(ClaimFiled(claim=claim.id), own=True)
        return {"claim": claim.id}

    return take_order(actor, command, handle)


def withdraw(actor: Actor, command: ClaimWithdraw) -> dict[str, Any]:
    """{claim}: one's open claim, until a moderator has picked it up."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        act.check(ORDER, "claim.withdraw", deadlines.situation(order, act.now))
        claim = mine(order, actor.user)
        if claim is None:
            raise Refused("not_found")
        claim.state = act.check(CLAIM, "claim.withdraw", claim.state).leads_to
        claim.save(update_fields=["state"])
        act.append(ClaimWithdrawn(claim=claim.id), own=True)
        return {"claim": claim.id}

    return take_order(actor, command, handle)


def reject(actor: Actor, command: ModerationRejectClaim) -> dict[str, Any]:
    """A moderator's no, with a reason that only the filer reads."""

    def handle(act: Act, order: Order) -> dict[str, Any]:
        claim = Claim.objects.filter(order=order, pk=command.claim).first()
        if claim is None:
            raise Refused("not_found")
        act.check(ORDER, "moderation.reject_claim", deadlines.situation(order, act.now))
        claim.state = act.check(CLAIM, "moderation.reject_claim", claim.state).leads_to
        claim.answer = reason(command.reason)
        claim.save(update_fields=["state", "answer"])
        act.append(ClaimRejected(claim=claim.id), own=True)
        staff.record(act, "moderation.reject_claim", command.reason, claim=claim.id)
        return {"claim": claim.id}

    return take_order(actor, command, handle)


def mine(order: Order, user: str) -> Claim | None:
    return Claim.objects.filter(order=order, by=user, state__in=CLAIM_LIVE).first()
