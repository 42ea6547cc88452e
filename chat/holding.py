"""A message that is kept back: nobody but its author and staff knows of it until a moderator lets it through.

Must never give it a seq: it takes one when it is released (moderation/held.py).
"""

from datetime import timedelta
from typing import Any

from chat import queries
from chat.acts import Act
from chat.catching.kinds import Find
from chat.catching.look import completes, look
from chat.commands import MessageSend
from chat.entries import stamp
from chat.flags import WAITING
from chat.ids import new_name
from chat.models import Held, Thread
from chat.rules import PARTIES

# How far back a number may have begun.
PIECES = 5
PIECES_WITHIN = timedelta(minutes=10)


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


def completed(act: Act, text: str) -> Find | None:
    """What this text completes of a number that its author began some messages before."""
    if act.role not in PARTIES or not look(text).piece:
        return None
    return completes(queries.last_words(act.thread, act.actor.user, act.now - PIECES_WITHIN, PIECES), text)


def own(thread: Thread, user: str) -> list[dict[str, Any]]:
    """What this person wrote that waits, oldest first: [{held, text, caught, at}]."""
    rows = Held.objects.filter(thread=thread, by=user, state=WAITING).order_by("at", "id")
    return [{"held": row.id, "text": row.text, "caught": row.caught, "at": stamp(row.at)} for row in rows]
