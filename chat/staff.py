"""What staff do: the record of every act, and the acts that concern no order. Parties never see a record (I10).

Must never enter the thread's log: a record takes no seq. Each act returns the reply of protocol.md §6 and raises
Refused.
"""

from collections.abc import Callable
from typing import Any

from chat import answers, installation, people
from chat.actors import Actor, Standing
from chat.acts import Act
from chat.commands import ModerationNote, ModerationReinstate, ModerationSuspend
from chat.entries import stamp
from chat.log import met, one_commit
from chat.models import StaffAct, Thread
from chat.refusals import Refused
from chat.rules import THREAD
from chat.services import take
from chat.text import fit, reason


def record(act: Act, action: str, why: str, **about: Any) -> None:
    """Keep who did what in this thread and why, in the act's own transaction."""
    row = StaffAct(thread=act.thread, moderator=act.actor.user, action=action, reason=why, about=about, at=act.now)
    row.save(force_insert=True)


def note(actor: Actor, command: ModerationNote) -> dict[str, Any]:
    """Words of moderators among themselves."""

    def handle(act: Act) -> dict[str, Any]:
        act.check(THREAD, command.type, act.thread.mode)
        record(act, command.type, fit(command.text))
        return {}

    return take(actor, command, handle)


def suspend(actor: Actor, command: ModerationSuspend) -> dict[str, Any]:
    """Shut every door on a person, live sockets too; {at}."""
    return _on_person(actor, command, people.suspend)


def reinstate(actor: Actor, command: ModerationReinstate) -> dict[str, Any]:
    return _on_person(actor, command, people.reinstate)


Command = ModerationSuspend | ModerationReinstate


def _on_person(actor: Actor, command: Command, change: Callable[[str, str], None]) -> dict[str, Any]:
    digest = command.digest()

    def once() -> dict[str, Any]:
        with one_commit():
            # Who is there is for staff to know: to others every name is refused alike.
            if actor.standing is Standing.MODERATOR and people.find(command.user) is None:
                raise Refused("not_found")
            if seen := answers.find(actor, command.id, digest):
                return seen
            if actor.user in people.suspended_among([actor.user]):
                raise Refused("suspended")
            if actor.standing is not Standing.MODERATOR:
                raise Refused("wrong_role")
            why = reason(command.reason)
            change(command.user, why)
            now = installation.now()
            about = {"user": command.user}
            StaffAct.objects.create(moderator=actor.user, action=command.type, reason=why, about=about, at=now)
            reply = {"at": stamp(now)}
            answers.keep(actor, command.id, digest, reply)
        return {"duplicate": False} | reply

    return met(command.id, once)


def acts_in(thread: Thread) -> list[dict[str, Any]]:
    """Every act and note of staff in this thread, oldest first: [{moderator, action, reason, about, at}]."""
    return [
        {
            "moderator": row.moderator,
            "action": row.action,
            "reason": row.reason,
            "about": row.about,
            "at": stamp(row.at),
        }
        for row in thread.staff_acts.order_by("at", "pk")
    ]
