"""The host's public keys (RFC 7517), from a file or a URL, by `kid`. Must never hold a key that can sign.

A key decides its algorithm, never the token (RFC 8725 §3.1). Keys that do not fit are skipped with a warning,
so that one new kind of key does not lock everybody out.
"""

import json
import logging
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import jwt

ALGORITHMS = {("RSA", None): "RS256", ("EC", "P-256"): "ES256", ("OKP", "Ed25519"): "EdDSA"}
RSA_BITS = 2048
# A key that is not known may have been made a moment ago; but strangers choose what they ask for.
RETRY_S = 30
# A key that was taken out of the set ends within so many seconds.
FRESH_S = 300
TIMEOUT_S = 3
LARGEST = 1024 * 1024

logger = logging.getLogger(__name__)


class KeySet:
    """The keys of one source. Thread-safe; `find` may block for TIMEOUT_S seconds, once in RETRY_S."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._keys: dict[str, jwt.PyJWK] = {}
        self._lock = threading.Lock()
        self._asked = 0.0
        self._mark: object = None

    def find(self, kid: str) -> jwt.PyJWK | None:
        """The key of this name, asking the source again where it may have changed."""
        with self._lock:
            age = time.monotonic() - self._asked if self._asked else FRESH_S
            if self._is_file():
                self._reread()
            elif age >= FRESH_S or (kid not in self._keys and age >= RETRY_S):
                self._refetch()
            return self._keys.get(kid)

    def _is_file(self) -> bool:
        return not self.source.startswith(("http://", "https://"))

    def _reread(self) -> None:
        try:
            stat = Path(self.source).stat()
            mark = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if mark != self._mark:
                self._keys = usable(json.loads(Path(self.source).read_bytes()))
                self._mark = mark
        except (OSError, ValueError) as fault:
            logger.warning("JWT_JWKS cannot be read, the keys stay as they were: %s", fault)

    def _refetch(self) -> None:
        self._asked = time.monotonic()
        try:
            # The scheme was checked: only http and https get here.
            with urllib.request.urlopen(self.source, timeout=TIMEOUT_S) as answer:  # noqa: S310
                self._keys = usable(json.loads(answer.read(LARGEST)))
        except (OSError, ValueError) as fault:
            logger.warning("JWT_JWKS cannot be fetched, the keys stay as they were: %s", fault)


def usable(document: Any) -> dict[str, jwt.PyJWK]:
    """The signature keys of a JWK Set that have a `kid`, each with the one algorithm of its type."""
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list):
        raise ValueError("not a JWK Set")
    found: dict[str, jwt.PyJWK] = {}
    for data in keys:
        key = read(data) if isinstance(data, dict) else None
        if key is None:
            logger.warning("JWT_JWKS: a key is not public, not for signatures, without `kid`, or weak")
        else:
            found[data["kid"]] = key
    return found


def read(data: dict[str, Any]) -> jwt.PyJWK | None:
    """One JWK, or None where it is not a public RSA, P-256 or Ed25519 key that may verify."""
    kind, curve = data.get("kty"), data.get("crv")
    algorithm = ALGORITHMS.get((kind, curve)) if isinstance(kind, str) and isinstance(curve, str | None) else None
    if algorithm is None or data.get("alg", algorithm) != algorithm or data.get("use", "sig") != "sig":
        return None
    if not isinstance(data.get("kid"), str) or "d" in data:
        return None
    try:
        key = jwt.PyJWK(data, algorithm)
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    return None if algorithm == "RS256" and key.key.key_size < RSA_BITS else key
