"""Who is this? The one place that turns a credential into an Actor (protocol.md §3).

Must never believe a cookie on a socket, nor a role that neither a signed token nor the host's own word gives.
Everything here blocks: call it through chat.offload.
"""

import time
from dataclasses import dataclass
from math import inf

from chat import people, servicekeys, tickets, tokens
from chat.actors import Actor, Standing
from chat.people import actor_of
from chat.refusals import Refused
from chat.servicekeys import Scope
from chat.text import UNFIT

HOST = Actor("", Standing.HOST)


@dataclass(frozen=True, slots=True)
class Credential:
    """Somebody, and until when (seconds since 1970, real time) that is proven."""

    actor: Actor
    expires: float
    suspended: bool = False
    # The page session behind it, which may be signed out.
    session: str = ""


def by_token(token: str, *, suspended_too: bool = False) -> Credential:
    """The bearer of an access token. Raises Refused auth_expired, suspended, or unauthenticated.

    With `suspended_too` they are marked instead: ids seen before are answered first (protocol.md §6).
    """
    claims = tokens.read(token)
    person = people.find(claims.sub)
    suspended = person is not None and person.suspended
    if suspended and not suspended_too:
        raise Refused("suspended")
    # A host's odd spelling must not lock anybody out, nor reach a database that cannot hold it.
    name = UNFIT.sub("", claims.name or "")[:200] or (person.name if person else "")
    actor = actor_of(claims.sub, claims.role or "", name)
    return Credential(actor, claims.exp, suspended)


def by_ticket(ticket: str, origin: str) -> Credential:
    """Who got this ticket for a page of this Origin ("" without one); it is spent. Raises as by_token."""
    actor, expires, session = tickets.redeem(ticket, origin)
    person = people.find(actor.user)
    if person and person.suspended:
        raise Refused("suspended")
    if expires <= time.time():
        raise Refused("auth_expired")
    return Credential(actor, expires, session=session)


def by_session(user: str, session: str = "", until: float = inf) -> Credential:
    """Whom our own session names, as long as that lasts; good for a ticket, never for a socket. Raises as by_token."""
    person = people.find(user)
    if person is None:
        raise Refused("unauthenticated")
    if person.suspended:
        raise Refused("suspended")
    actor = actor_of(user, person.role, person.name)
    return Credential(actor, min(time.time() + tokens.LIFETIME_S, until), session=session)


def by_service_key(key: str, scope: Scope) -> Actor:
    """The host's backend. Raises Refused unauthenticated, or wrong_role for a key without this scope."""
    servicekeys.check(key, scope)
    return HOST


def issue_token(user: str, lifetime_s: int = tokens.LIFETIME_S) -> tuple[str, int]:
    """A token of our own and its life in seconds, with the stored role. Raises Refused not_found."""
    person = people.find(user)
    if person is None:
        raise Refused("not_found")
    return tokens.write(user, person.name, person.role, lifetime_s), lifetime_s
