"""A page of history that fits one frame (protocol.md §9, frame out).

Must never leave a gap: a page that is cut short is not `complete`, and the client goes on from its end.
"""

from typing import Any

from django.conf import settings

from chat import queries
from chat.actors import Actor
from chat.commands import ThreadHistory
from consumers import wire

# The `ok` around it, and the array around that.
ENVELOPE = 512


def history(actor: Actor, command: ThreadHistory) -> dict[str, Any]:
    """As queries.history, with as many entries as fit, but one at least."""
    reply = queries.history(actor, command)
    entries = reply["entries"]
    # Read backwards, a page keeps its end; read forwards, its beginning.
    forward = command.after is not None
    fitting = how_many_fit(entries if forward else reversed(entries), settings.ENV.max_frame_out_bytes - ENVELOPE)
    if fitting < len(entries):
        reply["entries"] = entries[:fitting] if forward else entries[-fitting:]
        reply["complete"] = False
    return reply


def how_many_fit(entries: Any, room: int) -> int:
    """How many of these come to at most `room` bytes, but one at least."""
    count = 0
    for entry in entries:
        room -= wire.size(wire.encode(entry)) + 1
        if count and room < 0:
            break
        count += 1
    return count
