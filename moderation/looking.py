"""What staff may only read after they said why: the way in, the reason, and the record of what was read (I10).

Must never show anything before its record is kept.
"""

from typing import Any

from chat import audit, staff
from chat.acts import Act
from chat.log import one_commit
from chat.models import Watch
from chat.refusals import Refused
from chat.rules import THREAD, Role


def admitted(act: Act, action: str) -> str:
    """Why the actor looks, by the watch that holds; empty for the host, who needs none.

    Raises Refused suspended, wrong_role, or reason_required for a moderator without a watch.
    """
    act.check(THREAD, action, act.thread.mode)
    if act.role is not Role.MODERATOR:
        return ""
    looks = Watch.objects.filter(thread=act.thread, moderator=act.actor.user, until__gt=act.now).order_by("-until")
    reason = looks.values_list("reason", flat=True).first()
    if reason is None:
        raise Refused("reason_required")
    return reason


def recorded(act: Act, action: str, why: str, **about: Any) -> None:
    """Keep that a moderator read this, in a transaction of its own. Raises as one_commit."""
    if act.role is Role.MODERATOR:
        with one_commit():
            staff.record(act, action, why, **about)
            audit.seal([act])
