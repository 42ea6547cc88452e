"""Asking before sending: what would be caught in these words, and what would be done about it.

Must never write or log anything of it: a question leaves no trace.
"""

from typing import Any

from chat import installation
from chat.actors import Actor
from chat.catching.sifting import sift
from chat.commands import MessageCheck
from chat.holding import completed
from chat.queries import thread_for
from chat.refusals import Refused
from chat.rules import PARTIES
from chat.text import fit


def check(actor: Actor, command: MessageCheck) -> dict[str, Any]:
    """{caught}. Raises Refused not_found, wrong_role for staff, text_invalid, too_large."""
    thread, role = thread_for(actor, command.thread)
    if role not in PARTIES:
        raise Refused("wrong_role", state=thread.state)
    text = fit(command.text)
    piece = completed(thread, actor.user, installation.now(), text)
    return {"caught": sift(text, thread.state, thread.category, may_hold=True, piece=piece).wire()}
