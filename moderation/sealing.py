"""The key that evidence is sealed with (Ed25519, RFC 8032), and how a third person knows it (JWK, RFC 8037).

Must never hand out the private key, nor sign anything but the seal of a pack.
"""

import base64
import hashlib
import json
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def canonical(value: Any) -> bytes:
    """RFC 8785, for what is here: no floats, and no name of a field beyond ASCII."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def key() -> Ed25519PrivateKey:
    """EVIDENCE_KEY, or one made of SECRET_KEY: the same after a restart."""
    if settings.ENV.evidence_key:
        return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(settings.ENV.evidence_key + "="))
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"order-threads evidence")
    return Ed25519PrivateKey.from_private_bytes(made.derive(settings.SECRET_KEY.encode()))


def public_key() -> dict[str, str]:
    """{crv, kty, x, kid}: `kid` is the thumbprint of RFC 7638, which names the key."""
    jwk = {"crv": "Ed25519", "kty": "OKP", "x": _text(key().public_key().public_bytes_raw())}
    return jwk | {"kid": _text(hashlib.sha256(canonical(jwk)).digest())}


def sealed(said: dict[str, Any]) -> dict[str, Any]:
    """What is said, with the key and its signature over the canonical form of both."""
    signed = said | {"key": public_key()}
    return signed | {"signature": key().sign(canonical(signed)).hex()}


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
