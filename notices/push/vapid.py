"""Who this server is to a browser's push service: VAPID (RFC 8292). Must never hand out the private key."""

import hashlib
import time
from functools import cache
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from notices.push.encryption import decode, encode, point

# The order of P-256 (FIPS 186-5): a private key is from 1 to one less.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# RFC 8292 allows 24 hours.
LIFETIME_S = 12 * 3600


@cache
def key() -> ec.EllipticCurvePrivateKey:
    """VAPID_KEY, or one made of SECRET_KEY: the same after a restart, or every browser would have to come again."""
    given = settings.CHANNELS.vapid_key
    if given:
        return ec.derive_private_key(int.from_bytes(decode(given), "big"), ec.SECP256R1())
    # 512 bits, so that the remainder is as good as evenly spread.
    seed = hashlib.sha512(b"order-threads vapid\0" + settings.SECRET_KEY.encode()).digest()
    return ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, ec.SECP256R1())


def public_key() -> str:
    """What a page passes to `pushManager.subscribe` as applicationServerKey, base64url."""
    return encode(point(key().public_key()))


def authorization(endpoint: str) -> str:
    """The header for a push to this endpoint; good for its origin only."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(time.time()) + LIFETIME_S, "sub": contact()}
    return f"vapid t={jwt.encode(claims, key(), algorithm='ES256')}, k={public_key()}"


def contact() -> str:
    """Where the push service may complain: our address, or the sender of our e-mail."""
    if settings.PUBLIC_URL.startswith("https://"):
        return str(settings.PUBLIC_URL)
    address = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    return f"mailto:{address}"
