"""What staff do to a person as a whole, in no thread. Each returns the reply of protocol.md §6 and raises Refused."""

from collections.abc import Callable
from functools import partial
from typing import Any

from chat import people, staff
from chat.actors import Actor
from chat.audit import Deed
from chat.rules import Role
from chat.text import reason
from moderation.asking import ModerationReinstate, ModerationSuspend

Command = ModerationSuspend | ModerationReinstate


def suspend(actor: Actor, command: ModerationSuspend) -> dict[str, Any]:
    """Shut every door on a person, live sockets too; {at}."""
    return _on_person(actor, command, people.suspend)


def reinstate(actor: Actor, command: ModerationReinstate) -> dict[str, Any]:
    """Open the doors again; {at}."""
    return _on_person(actor, command, people.reinstate)


def _on_person(actor: Actor, command: Command, change: Callable[[str, str], None]) -> dict[str, Any]:
    def handle(deed: Deed) -> dict[str, Any]:
        why = reason(command.reason)
        change(command.user, why)
        staff.record(deed, command.type, why, user=command.user)
        return {}

    return staff.alone(actor, command, partial(_found, actor, command.user), handle)


def _found(actor: Actor, user: str) -> Role:
    return staff.seen_by(actor, people.find(user) is not None)
