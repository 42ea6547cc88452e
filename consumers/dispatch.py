"""What answers each command: one dictionary to be read aloud, the same for sockets and HTTP (protocol.md §6, §10).

Must never raise anything but Refused: a bug is `internal` to the client and a traceback in the log.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, ParamSpec, TypeVar

import chat.checking
import chat.corrections
import chat.places
import chat.queries
import chat.services
import chat.staff
import moderation.appeals
import moderation.auditing
import moderation.case
import moderation.decisions
import moderation.held
import moderation.measures
import moderation.policies
import moderation.queue
import moderation.replay
import moderation.settling
import moderation.taking
import orders.claims
import orders.disputes
import orders.offers
import orders.proposals
import orders.queries
import orders.reviews
import orders.services
import orders.support
from chat.actors import Actor
from chat.announce import Record
from chat.commands import Command, MessageSend, ThreadCommand
from chat.group import Outcome, Then
from chat.offload import in_database
from chat.refusals import Refused
from consumers import draining, house, metrics, paging, throttle

P = ParamSpec("P")
R = TypeVar("R")

logger = logging.getLogger(__name__)

# (actor, command) -> the fields of its `ok`; blocking, raises Refused.
Service = Callable[[Actor, Any], dict[str, Any]]

READS: dict[str, Service] = {
    "thread.history": paging.history,
    "thread.snapshot": orders.queries.snapshot,
    "thread.list": chat.places.list_threads,
    "message.check": chat.checking.check,
    "thread.read": chat.places.read,
    "thread.delivered": chat.places.delivered,
    "moderation.queue": moderation.queue.queue,
    "moderation.case": moderation.case.case,
    "moderation.replay": moderation.replay.replay,
    "moderation.audit": moderation.auditing.read,
    "moderation.appeals": moderation.appeals.listed,
    "moderation.policies": moderation.policies.policies,
    "decision.list": moderation.decisions.listed,
}

WRITES: dict[str, Service] = {
    "thread.mute": chat.services.mute,
    "thread.archive": chat.services.archive,
    "thread.leave": orders.services.leave,
    "message.send": chat.services.send,
    "message.edit": chat.corrections.edit,
    "message.redact": chat.corrections.redact,
    "message.report": chat.services.report,
    "offer.make": orders.offers.make,
    "offer.withdraw": orders.offers.withdraw,
    "offer.decline": orders.offers.decline,
    "offer.accept": orders.offers.accept,
    "offer.request": orders.offers.request,
    "order.start": orders.services.step,
    "order.decline": orders.services.step,
    "order.withdraw": orders.services.step,
    "order.deliver": orders.services.step,
    "order.close": orders.services.step,
    "order.request_revision": orders.services.step,
    "order.accept_revision": orders.services.step,
    "order.refuse_revision": orders.services.step,
    "order.cancel": orders.services.step,
    "proposal.make": orders.proposals.make,
    "proposal.accept": orders.proposals.accept,
    "proposal.decline": orders.proposals.decline,
    "proposal.withdraw": orders.proposals.withdraw,
    "support.open": orders.support.open_item,
    "support.resolve": orders.support.resolve,
    "claim.file": orders.claims.file,
    "claim.withdraw": orders.claims.withdraw,
    "review.write": orders.reviews.write,
    "review.reply": orders.reviews.reply,
    "review.contest": orders.reviews.contest,
    "moderation.watch": chat.services.watch,
    "moderation.take_item": moderation.taking.take_item,
    "moderation.put_back": moderation.taking.put_back,
    "moderation.settle": moderation.settling.settle,
    "moderation.note": chat.staff.note,
    "moderation.release_message": moderation.held.release,
    "moderation.reject_message": moderation.held.reject,
    "moderation.freeze": orders.disputes.freeze,
    "moderation.resolve": orders.disputes.resolve,
    "moderation.reject_claim": orders.claims.reject,
    "moderation.rule_review": orders.reviews.rule,
    "moderation.suspend": moderation.measures.suspend,
    "moderation.reinstate": moderation.measures.reinstate,
    "moderation.warn": moderation.measures.warn,
    "moderation.rule_appeal": moderation.appeals.rule,
    "decision.appeal": moderation.appeals.appeal,
}

SERVICES = READS | WRITES


async def perform(actor: Actor, command: Command) -> dict[str, Any]:
    """Do it; returns the `ok`'s fields, raises Refused. Socket-only commands are `unknown_type` here."""
    try:
        service = SERVICES.get(command.type)
        if service is None:
            raise Refused("unknown_type")
        if draining.is_leaving():
            raise Refused("draining")
        if command.type in WRITES:
            await throttle.spend(actor.user)
    except Refused as refusal:
        metrics.commanded(command.type, refusal.code)
        raise
    try:
        if isinstance(command, MessageSend):
            return await counted(command.type, in_group(actor, command))
        reply = await ask(command.type, service, actor, command)
    except Refused as refusal:
        await explain(actor, command, refusal)
        raise
    if command.type == "thread.snapshot":
        house.hub.presence.fill(reply["parties"])
    return reply


async def in_group(actor: Actor, command: MessageSend) -> dict[str, Any]:
    """Write a message together with those that wait (chat/group.py)."""
    coming: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

    def then(outcome: Outcome) -> None:
        if coming.done():
            return
        if isinstance(outcome, Exception):
            coming.set_exception(outcome)
        else:
            coming.set_result(outcome.placed() | {"duplicate": False} if isinstance(outcome, Record) else outcome)

    house.group.send(actor, command, then)
    return await coming


def post(actor: Actor, command: MessageSend, then: Then) -> bool:
    """Begin a message without a task for it; False where it has to wait for something before, and nothing was done."""
    if draining.is_leaving() or not throttle.is_free():
        return False
    house.group.send(actor, command, then)
    return True


async def explain(actor: Actor, command: Command, refusal: Refused) -> None:
    """Add to `not_allowed` what could be done instead (protocol.md §8)."""
    if refusal.code == "not_allowed" and isinstance(command, ThreadCommand):
        can, _ = await ask("capabilities", orders.queries.capabilities, actor, command.thread)
        refusal.info["allowed"] = can["allowed"]


async def ask(name: str, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Have blocking work of the command `name` done. Raises Refused and nothing else, and counts the outcome."""
    return await counted(name, in_database(work, *args, **kwargs))


async def counted(name: str, reply_to_come: Awaitable[R]) -> R:
    """Wait for the reply of the command `name`. Raises Refused and nothing else, and counts the outcome."""
    outcome = "internal"
    try:
        reply = await reply_to_come
        outcome = "duplicate" if isinstance(reply, dict) and reply.get("duplicate") else "ok"
        return reply
    except Refused as refusal:
        outcome = refusal.code
        raise
    except Exception:
        logger.exception("%s failed", name)
        raise Refused("internal") from None
    finally:
        metrics.commanded(name, outcome)
