"""What commands were answered, so that the same (user, id) has one effect for 30 days (protocol.md §6, G2).

Only successes are kept: a refused command changed nothing and may be tried again.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from chat.actors import Actor, Standing
from chat.models import Answer
from chat.refusals import Refused

KEPT = timedelta(days=30)


def owner(actor: Actor) -> str:
    """Whose ids these are. The blank keeps the host's apart: no person's name holds one."""
    return "host " if actor.standing is Standing.HOST else actor.user


def named(actor: Actor, key: str) -> str:
    """A UUID is the same in either case; the host's Idempotency-Key is taken to the letter."""
    return key if actor.standing is Standing.HOST else key.lower()


def find(actor: Actor, key: str, digest: bytes) -> dict[str, Any] | None:
    """The first answer with `duplicate: true`; None for a new id. Raises Refused id_reused for other content."""
    if not key:
        return None
    seen = Answer.objects.filter(user=owner(actor), command=named(actor, key)).first()
    if seen is None:
        return None
    if bytes(seen.digest) != digest:
        raise Refused("id_reused")
    return {**seen.reply, "duplicate": True}


def keep(actor: Actor, key: str, digest: bytes, reply: dict[str, Any]) -> None:
    if key:
        # Real time, not trade time: a moved test clock must not forget what was answered.
        at = datetime.now(UTC)
        name = named(actor, key)
        Answer.objects.create(user=owner(actor), command=name, digest=digest, reply=reply, at=at)


def forget_old() -> int:
    """Drop what is older than 30 days; returns how many. Called by the clock."""
    return Answer.objects.filter(at__lt=datetime.now(UTC) - KEPT).delete()[0]
