"""What staff do to a person as a whole, in no thread. Each returns the reply of protocol.md §6 and raises Refused."""

from functools import partial
from typing import Any

from chat import people, staff
from chat.actors import Actor
from chat.audit import Deed
from chat.jobs import enqueue
from chat.models import Thread
from chat.rules import Role
from chat.text import reason
from moderation.appeals import thaw
from moderation.asking import ModerationReinstate, ModerationSuspend, ModerationWarn
from moderation.decisions import decide


def suspend(actor: Actor, command: ModerationSuspend) -> dict[str, Any]:
    """{at}: shut every door on a person, live sockets too; their running orders stand still from then on."""

    def handle(deed: Deed) -> dict[str, Any]:
        why = reason(command.reason)
        people.suspend(command.user, why)
        staff.record(deed, command.type, why, user=command.user)
        decision = decide(deed, command.user, command.type, why)
        payload = {"user": command.user, "moderator": actor.user, "key": decision.id}
        enqueue("suspension", decision.id, payload, deed.now)
        return {}

    return staff.alone(actor, command, partial(_found, actor, command.user), handle)


def reinstate(actor: Actor, command: ModerationReinstate) -> dict[str, Any]:
    """{at}: open the doors again; what stood still because of the suspension goes on."""

    def handle(deed: Deed) -> dict[str, Any]:
        why = reason(command.reason)
        people.reinstate(command.user, why)
        staff.record(deed, command.type, why, user=command.user)
        decide(deed, command.user, command.type, why)
        thaw(deed, command.user)
        return {}

    return staff.alone(actor, command, partial(_found, actor, command.user), handle)


def warn(actor: Actor, command: ModerationWarn) -> dict[str, Any]:
    """{at, decision}: a word to one person, that they read with its reason and may appeal against."""

    def handle(deed: Deed) -> dict[str, Any]:
        why, thread = reason(command.reason), _thread(command)
        staff.record(deed, command.type, why, thread, user=command.user)
        return {"decision": decide(deed, command.user, command.type, why, thread).id}

    def look() -> Role:
        there = people.find(command.user) is not None
        return staff.seen_by(actor, there and (command.thread is None or _thread(command) is not None))

    return staff.alone(actor, command, look, handle)


def _found(actor: Actor, user: str) -> Role:
    return staff.seen_by(actor, people.find(user) is not None)


def _thread(command: ModerationWarn) -> Thread | None:
    """The thread that is spoken of, where the person is a party of it."""
    row = Thread.objects.filter(pk=command.thread).first() if command.thread else None
    return row if row and command.user in (row.buyer_id, row.seller_id) else None
