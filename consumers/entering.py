"""Letting somebody in: the credential of `hello`, and the newer one of `auth.refresh` (protocol.md §3, §4).

Must never touch the database before a well-formed hello has come; the session sees to that.
"""

import asyncio
import secrets
import time
from datetime import UTC, datetime

from django.conf import settings

from chat import identity, installation
from chat.entries import stamp
from chat.identity import Credential
from chat.offload import in_database
from chat.refusals import Refused
from consumers import closing, dispatch, house
from consumers.caller import Caller
from consumers.greeting import Welcome
from consumers.turns import Job
from consumers.vocabulary import AuthRefresh, Hello

AT_THE_DOOR = {
    "unauthenticated": closing.AUTH_FAILED,
    "auth_expired": closing.AUTH_FAILED,
    "suspended": closing.SUSPENDED,
}
# When a whole crowd comes back, those who are in must still be served: so many are let in at a time.
GATE = asyncio.Semaphore(6)


async def enter(connection: Caller, hello: Hello) -> None:
    try:
        async with GATE:
            credential, epoch, now = await in_database(recognise, hello.ticket, hello.token, connection.origin)
    except Refused as refusal:
        connection.close(AT_THE_DOOR.get(refusal.code, closing.OVERLOADED), refusal.message)
        return
    actor = credential.actor
    if house.hub.sockets_of(actor.user) >= settings.ENV.max_sockets_per_user:
        connection.close(closing.TOO_MANY_SOCKETS)
        return
    connection.actor, connection.session_key = actor, credential.session
    house.hub.join(connection)
    welcome = Welcome(
        connection=secrets.token_hex(8),
        user=actor.user,
        role=actor.standing,
        epoch=epoch,
        now=stamp(now),
        auth_expires=_expiry(credential),
        expires_in=credential.expires - time.time(),
        lead=actor.lead,
    )
    connection.session.welcomed(welcome, connection.now)
    connection.turn()


async def renew(connection: Caller, job: Job) -> None:
    """The same person goes on with a newer credential; with anybody else's it is refused."""
    command = job.command
    assert isinstance(command, AuthRefresh)
    try:
        if (command.ticket is None) == (command.token is None):
            raise Refused("bad_request", "Either a ticket or a token is needed.", field="token")
        credential, _, _ = await dispatch.ask(command.type, recognise, command.ticket, command.token, connection.origin)
        known, shown = connection.actor, credential.actor
        if (known.user, known.role, known.standing) != (shown.user, shown.role, shown.standing):
            raise Refused("unauthenticated", "This credential is somebody else's.")
    except Refused as refusal:
        connection.refused(job, refusal)
        return
    left = credential.expires - time.time()
    connection.session.renewed(job, _expiry(credential), left, connection.now)
    connection.turn()


def recognise(ticket: str | None, token: str | None, origin: str) -> tuple[Credential, str, datetime]:
    """(who it is, the database's epoch, trade time). Blocks; raises Refused."""
    credential = identity.by_token(token) if token is not None else identity.by_ticket(ticket or "", origin)
    return credential, installation.epoch(), installation.now()


def _expiry(credential: Credential) -> str:
    return stamp(datetime.fromtimestamp(credential.expires, UTC))
