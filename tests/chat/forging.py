"""Tokens for the tests, honest and forged, and the keys of an invented marketplace."""

import base64
import hmac
import json
import time
from hashlib import sha256
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from django.conf import settings

RSA = rsa.generate_private_key(65537, 2048)
WEAK = rsa.generate_private_key(65537, 1024)
P256 = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()
OTHER = ed25519.Ed25519PrivateKey.generate()


def jwk(key: Any, kid: str, algorithm: str, **more: str) -> dict[str, Any]:
    public = key.public_key()
    form = jwt.get_algorithm_by_name(algorithm).to_jwk(public)
    return {**json.loads(form), "kid": kid, **more}


KEYS = [
    jwk(RSA, "rsa", "RS256"),
    jwk(P256, "p256", "ES256"),
    jwk(ED, "ed", "EdDSA"),
    jwk(WEAK, "weak", "RS256"),
    jwk(ED, "for encryption", "EdDSA", use="enc"),
    {"kty": "oct", "kid": "shared", "k": base64.urlsafe_b64encode(b"x" * 32).decode()},
    {"kty": "RSA", "kid": "broken", "n": "AQ", "e": "?"},
]


def claims(**changed: Any) -> dict[str, Any]:
    said = {"sub": "kim", "exp": int(time.time()) + 600, "iss": "order-threads", "aud": "order-threads"}
    return {name: value for name, value in {**said, **changed}.items() if value is not ...}


def by_secret(**changed: Any) -> str:
    return jwt.encode(claims(**changed), settings.JWT_SECRET, algorithm="HS256")


def by_key(key: Any, algorithm: str, kid: str | None, **changed: Any) -> str:
    return jwt.encode(claims(**changed), key, algorithm, headers={"kid": kid} if kid else None)


def forged(header: dict[str, Any], secret: bytes, payload: bytes | None = None) -> str:
    """A token that no library would make."""
    payload = json.dumps(claims()).encode() if payload is None else payload
    parts = (json.dumps(header).encode(), payload)
    signed = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    signature = base64.urlsafe_b64encode(hmac.new(secret, signed, sha256).digest()).rstrip(b"=")
    return (signed + b"." + (signature if secret else b"")).decode()
