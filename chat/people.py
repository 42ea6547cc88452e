"""The people of the host marketplace, as far as threads need them. Must never decide what anybody may do."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from chat import installation
from chat.actors import Actor, Standing
from chat.announce import Revoked, announce
from chat.models import Person
from chat.refusals import Refused

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """What may be asked of a person; `role` is "moderator", "lead" or empty."""

    user: str
    name: str
    email: str
    locale: str
    role: str
    suspended: bool


def find(user: str) -> Known | None:
    row = Person.objects.filter(pk=user).first()
    if row is None:
        return None
    return Known(row.id, row.name, row.email, row.locale, row.role, row.suspended_at is not None)


def suspended_among(users: Iterable[str]) -> set[str]:
    """Which of these are suspended now."""
    rows = Person.objects.filter(pk__in=list(users), suspended_at__isnull=False)
    return set(rows.values_list("id", flat=True))


def actor_of(user: str, role: str, name: str = "") -> Actor:
    """Somebody, with what the role that the host gave them makes of them. A lead is a moderator, and more."""
    standing = Standing.MODERATOR if role in ("moderator", "lead") else Standing.USER
    return Actor(user, standing, name, lead=role == "lead")


def put(user: str, *, name: str, email: str, locale: str, role: str) -> bool:
    """Create or replace; a suspension stays. Returns whether the person is new.

    Whoever loses a role of staff loses the sockets that they came in with by it.
    """
    fields = {"name": name, "email": email, "locale": locale, "role": role}
    with transaction.atomic():
        before = Person.objects.select_for_update(no_key=True).filter(pk=user).values_list("role", flat=True).first()
        if before and before != role:
            transaction.on_commit(lambda: announce(Revoked(user, staff=True)))
        return Person.objects.update_or_create(pk=user, defaults=fields)[1]


def suspend(user: str, reason: str) -> None:
    """Shut every door; live sockets end within 5 seconds (domain.md). Raises Refused not_found."""
    if not Person.objects.filter(pk=user).exists():
        raise Refused("not_found")
    with transaction.atomic():
        # A second suspension keeps the first one's time.
        if Person.objects.filter(pk=user, suspended_at=None).update(suspended_at=installation.now()):
            logger.info("suspended by the host: %s: %s", user, reason)
        transaction.on_commit(lambda: announce(Revoked(user)))


def signed_out(user: str, session: str) -> None:
    """A page session ended: what it opened ends with it (I12)."""
    announce(Revoked(user, session))


def reinstate(user: str, reason: str) -> None:
    """Open the doors again. Raises Refused not_found."""
    if not Person.objects.filter(pk=user).update(suspended_at=None):
        raise Refused("not_found")
    logger.info("reinstated by the host: %s: %s", user, reason)
