"""Keys of the host's backend (protocol.md §3): hashed at rest, scoped, rotatable; shown once, when made.

To rotate: create the new one, move the backend over, revoke the old one. A row is a record: never deleted.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, get_args

from django.conf import settings

from chat.models import ServiceKey
from chat.refusals import Refused

Scope = Literal["users", "orders", "threads", "clock"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


def check(key: str, scope: Scope) -> None:
    """Raises Refused unauthenticated, or wrong_role for a good key that lacks the scope."""
    bootstrap = settings.ENV.service_key
    if bootstrap and hmac.compare_digest(key.encode(errors="replace"), bootstrap.encode()):
        return
    row = ServiceKey.objects.filter(pk=_digest(key), revoked_at=None).first()
    if row is None:
        raise Refused("unauthenticated")
    if row.scopes and scope not in row.scopes:
        raise Refused("wrong_role", f"This service key lacks the scope “{scope}”.")


def create(label: str, scopes: Iterable[Scope] = ()) -> str:
    """A new key, `sk_…`; no scopes means all."""
    key = f"sk_{secrets.token_urlsafe(32)}"
    ServiceKey.objects.create(digest=_digest(key), label=label, scopes=sorted(scopes), created_at=datetime.now(UTC))
    return key


def listed() -> list[ServiceKey]:
    """All keys that ever were, oldest first; `digest` names one without telling it."""
    return list(ServiceKey.objects.order_by("created_at", "digest"))


def revoke(digest: str) -> int:
    """End the keys whose digest begins so; returns how many. The next request that carries one gets 401."""
    keys = ServiceKey.objects.filter(digest__startswith=digest, revoked_at=None)
    return keys.update(revoked_at=datetime.now(UTC))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
