"""What staff do: the record of every act, and the road of the acts that belong to no thread.

Parties never see a record (I10). Must never enter the thread's log: a record takes no seq. Each act returns the reply
of protocol.md §6 and raises Refused.
"""

from collections.abc import Callable
from typing import Any

from chat import answers, audit, installation, people
from chat.actors import Actor, Standing
from chat.acts import Act
from chat.audit import Deed
from chat.commands import Command, ModerationNote
from chat.entries import stamp
from chat.log import met, one_commit
from chat.models import Thread
from chat.refusals import Refused
from chat.rules import STAFF, THREAD, Always, Role
from chat.services import take
from chat.text import fit


def record(done: Act | Deed, action: str, why: str, thread: Thread | None = None, **about: Any) -> None:
    """Keep who did what and why, in the act's own transaction; whom it concerns stands in `about` as `user`.

    `thread`: what a Deed is about, where it is about one.
    """
    audit.acted(done, done.thread if isinstance(done, Act) else thread, action, why, about)


def note(actor: Actor, command: ModerationNote) -> dict[str, Any]:
    """Words of moderators among themselves."""

    def handle(act: Act) -> dict[str, Any]:
        act.check(THREAD, command.type, act.thread.mode)
        record(act, command.type, fit(command.text))
        return {}

    return take(actor, command, handle)


def alone(
    actor: Actor, command: Command, look: Callable[[], Role], handle: Callable[[Deed], dict[str, Any]]
) -> dict[str, Any]:
    """The road of an act that belongs to no thread: one transaction, one effect for the id, a rule of STAFF.

    `look` finds what it is about and says who the actor is to it, or raises Refused not_found. The reply is what
    `handle` returns, and `at`. Raises Refused in the order of protocol.md §6.
    """
    digest = command.digest()

    def once() -> dict[str, Any]:
        with one_commit():
            role = look()
            if seen := answers.find(actor, command.id, digest):
                return seen
            if people.suspended_among([actor.user]):
                raise Refused("suspended")
            STAFF.check(command.type, Always.ALWAYS, role)
            deed = Deed(actor, installation.now())
            reply = {"at": stamp(deed.now)} | handle(deed)
            answers.keep(actor, command.id, digest, reply)
            audit.seal([deed])
        return {"duplicate": False} | reply

    return met(command.id, once)


def admit(actor: Actor, action: str) -> None:
    """Raise Refused wrong_role for whom STAFF has no row for what belongs to no thread."""
    STAFF.check(action, Always.ALWAYS, role_of(actor))


def sees_appeals(actor: Actor) -> bool:
    """Whether appeals are this person's to rule on, and so to see among what waits."""
    return STAFF.knows("moderation.appeals", role_of(actor))


def role_of(actor: Actor) -> Role:
    """Who somebody is outside any thread."""
    if actor.standing is not Standing.MODERATOR:
        return Role.PERSON
    return Role.LEAD if actor.lead else Role.MODERATOR


def seen_by(actor: Actor, exists: bool) -> Role:
    """Who the actor is. What is there is for staff to know: to others every name is refused alike.

    Raises Refused not_found.
    """
    role = role_of(actor)
    if role is not Role.PERSON and not exists:
        raise Refused("not_found")
    return role


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
