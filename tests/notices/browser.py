"""A browser as RFC 8291 §4 describes the receiver, on primitives of its own: shares no code with notices/push.

HKDF is written out with hmac (RFC 5869, one block), the record is read by RFC 8188 §2.
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicNumbers,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "==")


def hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    extracted = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)[:length]


class PushBrowser:
    """What `pushManager.subscribe` made: two keys, one of them for others."""

    def __init__(self, private: EllipticCurvePrivateKey | None = None, auth: bytes | None = None) -> None:
        self.private = private or generate_private_key(SECP256R1())
        self.auth = auth or os.urandom(16)
        numbers = self.private.public_key().public_numbers()
        self.public = b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")

    @classmethod
    def of_the_rfc(cls) -> "PushBrowser":
        """The user agent of RFC 8291, appendix A."""
        scalar = int.from_bytes(unb64("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), "big")
        return cls(derive_private_key(scalar, SECP256R1()), unb64("BTBZMqHH6r4Tts7J_aSIgg"))

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": b64(self.public), "auth": b64(self.auth)}

    def reads(self, body: bytes) -> bytes:
        """The one record of a push. Raises where it is not for this browser, or not as the standards say."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, record = body[21 : 21 + length], body[21 + length :]
        assert length == 65
        assert len(record) <= size
        x, y = (int.from_bytes(half, "big") for half in (sender[1:33], sender[33:]))
        theirs = EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()
        shared = self.private.exchange(ECDH(), theirs)
        ikm = hkdf(self.auth, shared, b"WebPush: info\x00" + self.public + sender, 32)
        key = hkdf(salt, ikm, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = hkdf(salt, ikm, b"Content-Encoding: nonce\x00", 12)
        opened = Cipher(algorithms.AES(key), modes.GCM(nonce, record[-16:])).decryptor()
        padded = opened.update(record[:-16]) + opened.finalize()
        plain, mark, rest = padded.rpartition(b"\x02")
        assert mark
        assert not rest.strip(b"\x00")
        return plain
