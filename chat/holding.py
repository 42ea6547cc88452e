"""A message that is kept back: nobody but its author and staff knows of it until a moderator lets it through.

Must never give it a seq: it takes one when it is released (moderation/held.py).
"""

from datetime import datetime
from typing import Any

from chat import queries
from chat.acts import Act
from chat.catching import pieces
from chat.catching.kinds import Find
from chat.catching.look import completes, fragments, look
from chat.catching.pieces import PIECES, PIECES_WITHIN
from chat.commands import MessageSend
from chat.entries import stamp
from chat.flags import WAITING
from chat.ids import new_name
from chat.models import Held, Thread
from chat.refusals import Refused
from chat.rules import THREAD, Role


def hold(act: Act, command: MessageSend) -> dict[str, Any]:
    """{held}."""
    row = Held(
        id=new_name(),
        thread=act.thread,
        by=act.actor.user,
        by_role=act.role,
        command=act.command,
        purpose=command.purpose,
        reply_to=command.reply_to,
        text=command.text,
        caught=[caught for sifted in act.caught for caught in sifted.wire()],
        at=act.now,
    )
    row.save(force_insert=True)
    act.held = row.id
    return {"held": row.id}


def completed(thread: Thread, user: str, now: datetime, text: str) -> Find | None:
    """What this text completes of a number that the same person began some messages before."""
    if not look(text).piece:
        return None
    return completes(queries.last_words(thread, user, now - PIECES_WITHIN, PIECES), text)


def keep_piece(thread: Thread, user: str, now: datetime, text: str) -> None:
    """Let the groups of this process know of a piece that was written by itself (chat/grouping.py)."""
    if digits := fragments(text)[0]:
        pieces.remember(thread.id, user, digits, now)


def waiting_in(thread: Thread) -> list[Held]:
    """The thread's messages that nobody has decided yet, the oldest first."""
    return list(Held.objects.filter(thread=thread, state=WAITING).order_by("at", "id"))


def may_be_said(thread: Thread, held: Held) -> None:
    """Raise the Refused that its author would get for it now: it is said when it is released, not when written."""
    role = Role(held.by_role)
    action = "message.send" if held.purpose == "chat" else f"message.send:{held.purpose}"
    THREAD.check(action, thread.mode, role)
    author = thread.buyer if role is Role.BUYER else thread.seller
    if author.suspended_at is not None:
        raise Refused("not_allowed", "Its author is suspended.")


def own(thread: Thread, user: str) -> list[dict[str, Any]]:
    """What this person wrote that waits, oldest first: [{held, command, text, caught, at}]."""
    rows = Held.objects.filter(thread=thread, by=user, state=WAITING).order_by("at", "id")
    return [
        {"held": row.id, "command": row.command, "text": row.text, "caught": row.caught, "at": stamp(row.at)}
        for row in rows
    ]
