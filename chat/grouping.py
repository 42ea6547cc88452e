"""What a group of messages comes to, once their threads are locked: pure decisions, the same for every store."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime

from chat.actors import Standing
from chat.acts import Act, role_in
from chat.catching import pieces
from chat.catching.look import piece_at_a_glance
from chat.group import Pending
from chat.models import Thread
from chat.refusals import Refused
from chat.services import say


@dataclass(slots=True)
class Locked:
    """A thread's row under its lock, the instant, and which of its parties are suspended."""

    thread: Thread
    now: datetime
    suspended: frozenset[str]


def decide(batch: list[Pending], threads: Mapping[str, Locked], seen: Container[tuple[str, str]]) -> dict[Pending, Act]:
    """The acts of those that may be written now, in order. A thread with one that may not is left from there on."""
    done: dict[Pending, Act] = {}
    taken: set[tuple[str, str]] = set()
    left: set[str] = set()
    for pending in batch:
        name = pending.command.thread
        locked = threads.get(name)
        key = pending.key
        act = None
        if locked is not None and name not in left and key not in seen and key not in taken:
            act = attempt(pending, locked)
        if act is None:
            left.add(name)
        else:
            taken.add(key)
            done[pending] = act
    return done


def attempt(pending: Pending, locked: Locked) -> Act | None:
    """The act, or None for what only the single road can do or refuse.

    That looks at other rows, writes staff's notices and what may be caught, and says no.
    """
    actor, command = pending.actor, pending.command
    if actor.standing is not Standing.USER or command.purpose == "statement":
        return None
    if command.reply_to is not None or command.attachments:
        return None
    piece = piece_at_a_glance(command.text)
    if piece is None or (piece and pieces.may_complete(command.thread, actor.user, piece, locked.now)):
        return None
    try:
        role = role_in(actor, locked.thread)
        act = Act(locked.thread, locked.now, actor, role, command.id, actor.user in locked.suspended)
        say(act, command, command.text)
    except Refused:
        return None
    return act
