"""Every write to a thread that knows nothing of orders: (actor, command) → entry, all through the log.

Must never decide by a state or a role: that is rules.THREAD's. Each takes an actor and its command, returns the
reply of protocol.md §6 and raises Refused.
"""

from datetime import datetime
from typing import Any

from chat import audit, queries
from chat.actors import Actor
from chat.acts import Act
from chat.catching.conduct import Action
from chat.commands import (
    MessageReport,
    MessageSend,
    ModerationWatch,
    ThreadArchive,
    ThreadCommand,
    ThreadMute,
)
from chat.entries import Message, PartyLeft, ThreadClosed, stamp
from chat.holding import completed, hold, keep_piece
from chat.ids import new_name
from chat.log import Handle, touch, write
from chat.models import Place, Report, Statement
from chat.policy import policy
from chat.refusals import Refused
from chat.rules import PARTIES, THREAD, Mode, Role
from chat.text import fit, reason


def take(actor: Actor, command: ThreadCommand, handle: Handle) -> dict[str, Any]:
    """Put a command on the road; its id makes it one effect, whatever door or retry it comes through."""
    return write(actor, command.thread, handle, key=command.id, digest=command.digest())


def send(actor: Actor, command: MessageSend) -> dict[str, Any]:
    """A message; a moderator's is a staff notice, a statement goes to staff alone and takes no seq."""

    def handle(act: Act) -> dict[str, Any]:
        if command.reply_to is not None:
            queries.message_at(act.thread, command.reply_to)
        if command.attachments:
            raise Refused("not_found")
        act.stand()
        queries.watched(act.thread, act.actor, act.role, act.now)
        if command.purpose == "statement":
            return state(act, command)
        act.check(THREAD, command.action, act.thread.mode)
        piece = None
        if act.role in PARTIES:
            piece = completed(act.thread, actor.user, act.now, command.text)
            keep_piece(act.thread, actor.user, act.now, command.text)
        text = act.sift(fit(command.text), may_hold=True, piece=piece)
        if any(sifted.action is Action.HOLD for sifted in act.caught):
            # It counts when it is written: a seller cannot have more waiting than he could send.
            count_follow_up(act, at_once=False)
            return hold(act, command)
        return say(act, command, text)

    return take(actor, command, handle)


def say(act: Act, command: MessageSend, text: str) -> dict[str, Any]:
    """The message itself. Looks at nothing but the act, so that a group of messages needs no query for each."""
    act.check(THREAD, command.action, act.thread.mode)
    fit(text)
    count_follow_up(act)
    act.add(Message.kind, Message.said(text, command.purpose, command.reply_to), own=True)
    return {}


def state(act: Act, command: MessageSend) -> dict[str, Any]:
    act.check(THREAD, command.action, act.thread.mode)
    text = fit(command.text)
    statement = Statement(id=new_name(), thread=act.thread, by=act.actor.user, text=text, at=act.now)
    statement.save(force_insert=True)
    return {"statement": statement.id}


def count_follow_up(act: Act, *, at_once: bool = True) -> None:
    """After close the seller may write so often until the buyer answers (domain.md, "The thread" 5).

    The buyer has answered when the seller reads it: a message that is held is none yet.
    """
    if act.thread.mode != Mode.AFTER_SALES:
        return
    if act.role is Role.BUYER and at_once:
        act.thread.follow_ups = 0
    elif act.role is Role.SELLER:
        if act.thread.follow_ups >= policy.follow_ups:
            raise Refused("follow_up_budget", remaining=0)
        act.thread.follow_ups += 1


def close_for_good(act: Act) -> dict[str, Any]:
    """`leave`: the thread ends for both, at once, irreversibly. A second leave is answered with the first's place."""
    rule = act.check(THREAD, "thread.leave", act.thread.mode)
    thread = act.thread
    if rule.to is None:
        first = queries.record_at(thread, thread.left_seq or 0)
        return {"seq": first.seq, "entry": first.entry, "at": stamp(first.at), "duplicate": True}
    thread.mode, thread.left_by, thread.left_at = Mode.LEFT, act.role, act.now
    thread.left_seq = act.append(PartyLeft(role=act.role), own=True).seq
    act.append(ThreadClosed(cause="left", role=act.role))
    return {}


def close_by_time(act: Act) -> None:
    """The clock closes the thread as a leave does, and nobody has left. Who leaves then is told when that was."""
    act.check(THREAD, "close", act.thread.mode)
    thread = act.thread
    thread.mode, thread.left_by, thread.left_at = Mode.LEFT, act.role, act.now
    thread.left_seq = act.append(ThreadClosed(cause="window", role=act.role), own=True).seq


def report(actor: Actor, command: MessageReport) -> dict[str, Any]:
    """A party's word to staff about a message; nothing of it enters the thread's log."""

    def handle(act: Act) -> dict[str, Any]:
        queries.message_at(act.thread, command.target)
        act.check(THREAD, "message.report", act.thread.mode)
        row = Report(
            id=new_name(),
            thread=act.thread,
            seq=command.target,
            by=actor.user,
            reason=fit(command.reason, "reason"),
            at=act.now,
        )
        row.save(force_insert=True)
        touch(act.thread.id)
        return {"report": row.id}

    return take(actor, command, handle)


def mute(actor: Actor, command: ThreadMute) -> dict[str, Any]:
    return _choose(actor, command, muted=command.on)


def archive(actor: Actor, command: ThreadArchive) -> dict[str, Any]:
    return _choose(actor, command, archived=command.on)


def _choose(actor: Actor, command: ThreadMute | ThreadArchive, **choice: bool) -> dict[str, Any]:
    def handle(act: Act) -> dict[str, Any]:
        act.check(THREAD, command.type, act.thread.mode)
        Place.objects.update_or_create(thread=act.thread, user_id=actor.user, defaults=choice)
        return {}

    return take(actor, command, handle)


def watch(actor: Actor, command: ModerationWatch) -> dict[str, Any]:
    """Let a moderator see one thread for a while. The look is recorded (I10)."""

    def handle(act: Act) -> dict[str, Any]:
        act.check(THREAD, command.type, act.thread.mode)
        return {"until": stamp(look(act, reason(command.reason)))}

    return take(actor, command, handle)


def look(act: Act, why: str) -> datetime:
    """Keep that a moderator looks from now on, and why; returns until when."""
    until = policy.watch_until(act.now)
    audit.looked(act, why, until)
    return until
