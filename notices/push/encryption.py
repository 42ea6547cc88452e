"""What only one browser can read: RFC 8291 (Web Push) on RFC 8188 (aes128gcm). Pure; one record a message."""

import base64
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096
AUTH_BYTES = 16
# What a push service must take (RFC 8030 §7.2) less header, padding mark and tag.
LONGEST = RECORD - 86 - 1 - 16


def decode(text: str) -> bytes:
    """base64url without padding. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """The 65 bytes of an uncompressed point (X9.62)."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def receiver(p256dh: str) -> ec.EllipticCurvePublicKey:
    """A browser's public key. Raises ValueError for what is no point of P-256."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(p256dh))


def encrypt(
    plain: bytes,
    p256dh: str,
    auth: str,
    *,
    salt: bytes | None = None,
    own: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """The body of a push, for the browser with these keys. `salt` and `own` key are random but in a test.

    Raises ValueError for keys that are none, or more than LONGEST bytes.
    """
    if len(plain) > LONGEST:
        raise ValueError(f"a push has {LONGEST} bytes at most")
    theirs, secret = receiver(p256dh), decode(auth)
    own, salt = own or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    sender = point(own.public_key())
    info = b"WebPush: info\0" + point(theirs) + sender
    shared = derived(own.exchange(ec.ECDH(), theirs), secret, info, 32)
    key = derived(shared, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(shared, salt, b"Content-Encoding: nonce\0", 12)
    # 2 marks the last record.
    sealed = AESGCM(key).encrypt(nonce, plain + b"\x02", None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(sender)]) + sender + sealed


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)
