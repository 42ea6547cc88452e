"""Access tokens: JWTs of the host or our own (protocol.md §3). No token may choose its key's algorithm.

Tokens live in real time: a moved test clock never touches them (protocol.md §10). No database here.
"""

import time
from functools import lru_cache
from typing import Literal

import jwt
from django.conf import settings
from pydantic import ValidationError

from chat.commands import Name, Wire
from chat.jwks import KeySet
from chat.refusals import Refused

LIFETIME_S = 15 * 60
LEEWAY_S = 60
FLAWS = (jwt.PyJWTError, ValidationError, ValueError, TypeError, RecursionError)


class Claims(Wire):
    """What a token says of its bearer; whatever else it says is ignored. Times are seconds since 1970."""

    sub: Name
    exp: float
    nbf: float = 0
    name: str | None = None
    role: Literal["moderator", "lead"] | None = None


def read(token: str) -> Claims:
    """The claims of a token that holds. Raises Refused auth_expired or, for any other flaw, unauthenticated.

    May block for jwks.TIMEOUT_S.
    """
    try:
        key, algorithm = _key(token)
        payload = jwt.decode(
            token,
            key,  # type: ignore[arg-type]
            algorithms=[algorithm],
            issuer=settings.ENV.jwt_issuer,
            audience=settings.ENV.jwt_audience,
            # The host's clock may be ahead: `nbf` is held below, with leeway; `iat` forbids nothing.
            options={"require": ["sub", "exp", "iss", "aud"], "verify_iat": False, "verify_nbf": False},
        )
        claims = Claims.model_validate(payload)
    except jwt.ExpiredSignatureError as flaw:
        raise Refused("auth_expired") from flaw
    except FLAWS as flaw:
        raise Refused("unauthenticated") from flaw
    soon = time.time() + LEEWAY_S
    if not (claims.nbf <= soon and claims.exp <= soon + LIFETIME_S):
        raise Refused("unauthenticated", "A token must be valid now, and for 15 minutes at most.")
    return claims


def write(user: str, name: str, role: str, lifetime_s: int) -> str:
    """A token of our own. `role` is "moderator", "lead" or empty, as stored by PUT /users."""
    now = int(time.time())
    claims: dict[str, str | int] = {
        "sub": user,
        "name": name,
        "iat": now,
        "exp": now + lifetime_s,
        "iss": settings.ENV.jwt_issuer,
        "aud": settings.ENV.jwt_audience,
    }
    if role:
        claims["role"] = role
    return jwt.encode(claims, settings.JWT_SECRET, algorithm="HS256")


def _key(token: str) -> tuple[object, str]:
    header = jwt.get_unverified_header(token)
    # The token chooses between two worlds only: our secret with HS256, or a public key with its algorithm.
    if header.get("alg") == "HS256":
        return settings.JWT_SECRET, "HS256"
    kid = header.get("kid")
    if settings.ENV.jwt_jwks and isinstance(kid, str):
        key = _host_keys(settings.ENV.jwt_jwks).find(kid)
        if key:
            return key.key, key.algorithm_name
    raise Refused("unauthenticated")


@lru_cache(maxsize=1)
def _host_keys(source: str) -> KeySet:
    return KeySet(source)
