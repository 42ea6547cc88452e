"""Held messages, let through or refused: each once, by whoever of staff is first.

Must never decide by a state or a role: THREAD does, for the moderator and for what the author could say now. Each
returns the reply of protocol.md §6 and raises Refused.
"""

from typing import Any

from chat import flags, queries, staff
from chat.actors import Actor, Standing
from chat.acts import Act
from chat.catching.sifting import heard, masked
from chat.entries import Message
from chat.flags import WAITING
from chat.holding import may_be_said
from chat.log import touch
from chat.models import Held
from chat.refusals import Refused
from chat.rules import THREAD, Mode, Role
from chat.services import take
from chat.text import reason
from moderation.asking import ModerationRejectMessage, ModerationReleaseMessage
from moderation.decisions import decide

RELEASED, REJECTED = "released", "rejected"


def release(actor: Actor, command: ModerationReleaseMessage) -> dict[str, Any]:
    """{seq, entry}: it is said now, by its author. Raises Refused as the author's own message would be."""

    def handle(act: Act) -> dict[str, Any]:
        row = waiting(act, command)
        may_be_said(act.thread, row)
        queries.watched(act.thread, act.actor, act.role, act.now)
        seq = say(act, row)
        settle(act, row, RELEASED, seq=seq)
        staff.record(act, command.type, "", held=row.id, target=seq)
        return {}

    return take(actor, command, handle)


def reject(actor: Actor, command: ModerationRejectMessage) -> dict[str, Any]:
    """Nobody ever reads it; its author is told why."""

    def handle(act: Act) -> dict[str, Any]:
        row = waiting(act, command)
        queries.watched(act.thread, act.actor, act.role, act.now)
        row.reason = reason(command.reason)
        settle(act, row, REJECTED)
        staff.record(act, command.type, row.reason, held=row.id)
        decide(act, row.by, command.type, row.reason, about={"held": row.id})
        return {}

    return take(actor, command, handle)


def waiting(act: Act, command: ModerationReleaseMessage | ModerationRejectMessage) -> Held:
    """The message, undecided. Raises Refused not_found, or not_allowed where somebody was faster."""
    row = Held.objects.filter(thread=act.thread, pk=command.target).first()
    if row is None:
        raise Refused("not_found")
    act.check(THREAD, command.type, act.thread.mode)
    if row.state != WAITING:
        raise Refused("not_allowed", "This message was decided already.")
    return row


def say(act: Act, row: Held) -> int:
    """Append it for its author, under the author's own command; returns its seq. What is masked stays so."""
    voice = Act(act.thread, act.now, Actor(row.by, Standing.USER), Role(row.by_role), row.command)
    shown = masked(row.text, heard(row.caught))
    record = voice.append(Message(text=shown, purpose=row.purpose, reply_to=row.reply_to), own=True)
    if act.thread.mode == Mode.AFTER_SALES and voice.role is Role.BUYER:
        act.thread.follow_ups = 0
    act.beside += (voice,)
    act.own = record
    if shown != row.text:
        flags.keep_original(act.thread.id, record.seq, "text", row.text)
    return record.seq


def settle(act: Act, row: Held, state: str, seq: int | None = None) -> None:
    row.state, row.seq, row.settled_by, row.settled_at = state, seq, act.actor.user, act.now
    row.save(update_fields=["state", "seq", "settled_by", "settled_at", "reason"])
    row.flags.update(seq=seq, settled_by=act.actor.user, settled_at=act.now)
    touch(act.thread.id)
