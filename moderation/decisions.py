"""Decisions: each person whom an act of staff concerns gets a statement of reasons, written with the act itself.

Must never say who decided, nor quote what anybody wrote: `reason` is staff's own, for the person to read.
"""

from datetime import datetime
from typing import Any, Protocol

from chat.actors import Actor
from chat.acts import Act
from chat.ids import new_name
from chat.models import Thread
from moderation.models import Decision


class Done(Protocol):
    """Who of staff acts, and when: an Act in a thread, or a Deed of its own (chat.staff)."""

    @property
    def actor(self) -> Actor: ...

    @property
    def now(self) -> datetime: ...


def decide(
    done: Done,
    user: str,
    act: str,
    reason: str,
    thread: Thread | None = None,
    about: dict[str, Any] | None = None,
) -> Decision:
    """Keep the statement of reasons for `user`, in the transaction of the act that concerns them.

    `act` is the act's name on the wire ("moderation.warn", "message.redact"); `thread` is that of an Act unless given;
    `about` names what of it the act was about by numbers and names only ({"target": 7}, {"outcome": "refund"}).
    """
    if thread is None and isinstance(done, Act):
        thread = done.thread
    return Decision.objects.create(
        id=new_name(),
        user_id=user,
        act=act,
        reason=reason,
        thread=thread,
        moderator=done.actor.user,
        about=about or {},
        at=done.now,
    )
