"""Tickets: a web page's right to open one socket (protocol.md §3). Kept as digests, never taken twice.

A cookie travels with whatever site makes the browser send it; a ticket, bound to user and Origin, does not.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from chat.actors import Actor
from chat.models import Ticket
from chat.people import actor_of
from chat.refusals import Refused

LIFETIME_S = 30


def issue(actor: Actor, expires: float, origin: str, session: str = "") -> str:
    """A ticket for LIFETIME_S, from this Origin ("" without one); its socket may live until `expires`."""
    now = datetime.now(UTC)
    Ticket.objects.filter(expires_at__lte=now).delete()
    # The end of the socket's right rides in the ticket: the digest covers it, so nobody can stretch it.
    ticket = f"{secrets.token_urlsafe(32)}.{int(expires)}"
    Ticket.objects.create(
        digest=_digest(ticket),
        user=actor.user,
        role=actor.role,
        name=actor.name,
        origin=origin,
        session=session,
        expires_at=now + timedelta(seconds=LIFETIME_S),
    )
    return ticket


def redeem(ticket: str, origin: str) -> tuple[Actor, float, str]:
    """Whose ticket this was, until when, and for which page session. Spent even when refused; of two at once, one wins.

    Raises Refused auth_expired for an old one, unauthenticated for every other flaw.
    """
    name = _digest(ticket)
    row = Ticket.objects.filter(pk=name).first()
    if row is None or not Ticket.objects.filter(pk=name).delete()[0] or row.origin != origin:
        raise Refused("unauthenticated")
    if row.expires_at <= datetime.now(UTC):
        raise Refused("auth_expired")
    return actor_of(row.user, row.role, row.name), float(ticket.rpartition(".")[2]), row.session


def _digest(ticket: str) -> str:
    # 256 random bits cannot be searched, so a plain hash is enough. What a client made up may hold anything.
    return hashlib.sha256(ticket.encode(errors="replace")).hexdigest()
