"""Changing a message after it was sent: an edit and a redaction are entries of their own; the original stays for staff.

Must never touch the row of the message: what parties read in its place is derived when it is read (queries).
"""

from typing import Any

from chat import queries
from chat.actors import Actor
from chat.acts import Act
from chat.announce import Record
from chat.commands import MessageEdit, MessageRedact
from chat.entries import MessageEdited, MessageRedacted
from chat.policy import policy
from chat.refusals import Refused
from chat.rules import THREAD, Role
from chat.services import take
from chat.text import fit, reason


def edit(actor: Actor, command: MessageEdit) -> dict[str, Any]:
    def handle(act: Act) -> dict[str, Any]:
        message = queries.message_at(act.thread, command.target)
        own_and_open(act, "message.edit", message)
        text = act.sift(fit(command.text))
        act.append(MessageEdited(target=message.seq, text=text), own=True)
        return {}

    return take(actor, command, handle)


def redact(actor: Actor, command: MessageRedact) -> dict[str, Any]:
    """The author takes back a message of the last minutes; a moderator, watching, any message, with a reason."""

    def handle(act: Act) -> dict[str, Any]:
        message = queries.message_at(act.thread, command.target)
        own_and_open(act, "message.redact", message)
        queries.watched(act.thread, act.actor, act.role, act.now)
        why = command.reason
        if act.role is Role.MODERATOR:
            why = reason(why)
        elif why is not None:
            why = act.sift(fit(why, "reason"), "reason")
        body = MessageRedacted(target=message.seq, by_role=act.role, reason=why)
        act.append(body, own=True)
        return {}

    return take(actor, command, handle)


def own_and_open(act: Act, action: str, message: Record) -> None:
    """Raise Refused unless the thread allows it, a party is the author and in time, and the text is still there."""
    act.stand()
    if act.role is not Role.MODERATOR and message.by_user != act.actor.user:
        raise Refused("wrong_role")
    act.check(THREAD, action, act.thread.mode)
    if queries.is_redacted(act.thread, message.seq):
        raise Refused("not_allowed", "This message was deleted.")
    if act.role is not Role.MODERATOR and act.now >= policy.edit_until(message.at):
        raise Refused("edit_window_over")
