"""Taking items of the queue in hand, so that two moderators do not do one work twice; it lapses by itself.

Taking is a look at the thread, recorded with the item as its reason. Each returns the reply of protocol.md §6 and
raises Refused.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chat import installation, staff
from chat.actors import Actor
from chat.acts import Act
from chat.entries import stamp
from chat.log import touch, write
from chat.rules import THREAD
from chat.services import look
from moderation import items
from moderation.commands import ItemCommand, ModerationPutBack, ModerationTakeItem
from moderation.matters import CLAIM, Matter
from moderation.models import Taking
from orders.models import Claim
from orders.process import CLAIM as CLAIMS
from orders.process import ClaimState

HELD_FOR = timedelta(minutes=15)


def take_item(actor: Actor, command: ModerationTakeItem) -> dict[str, Any]:
    """{until, watch_until}. The second of two gets not_allowed {claimed_by}; taking again keeps it longer."""

    def handle(act: Act) -> dict[str, Any]:
        matter = items.opened(act, command.item)
        items.free(act, command.item)
        until = act.now + HELD_FOR
        held = {"moderator": actor.user, "at": act.now, "until": until}
        Taking.objects.update_or_create(item=command.item, defaults=held)
        why = f"from the queue: {command.item}"
        staff.record(act, command.type, why, item=command.item)
        _pick_up(act, matter)
        touch(act.thread.id)
        return {"until": stamp(until), "watch_until": stamp(look(act, why))}

    return on_item(actor, command, handle)


def put_back(actor: Actor, command: ModerationPutBack) -> dict[str, Any]:
    """Let others take it."""

    def handle(act: Act) -> dict[str, Any]:
        items.mine(act, command.item).delete()
        staff.record(act, command.type, "", item=command.item)
        return {}

    return on_item(actor, command, handle)


def on_item(actor: Actor, command: ItemCommand, handle: Callable[[Act], dict[str, Any]]) -> dict[str, Any]:
    """Put a command about an item on the road, in its thread's turn.

    Raises Refused wrong_role for everybody but moderators, whatever they name: which items there are is staff's.
    """
    staff.admit(actor, "moderation.queue")

    def checked(act: Act) -> dict[str, Any]:
        act.check(THREAD, command.type, act.thread.mode)
        return handle(act)

    return write(actor, items.thread_of(command.item), checked, key=command.id, digest=command.digest())


def forget_lapsed() -> int:
    """Drop what nobody has in hand any more; returns how many. Called by the hourly round."""
    return Taking.objects.filter(until__lt=installation.now() - HELD_FOR).delete()[0]


def _pick_up(act: Act, matter: Matter) -> None:
    """A claim that a moderator has in hand is withdrawn no more (domain.md)."""
    if matter.kind == CLAIM and matter.state == ClaimState.OPEN:
        claim = Claim.objects.get(pk=matter.item.partition(":")[2])
        claim.state = act.check(CLAIMS, "claim.pick_up", claim.state).leads_to
        claim.save(update_fields=["state"])
