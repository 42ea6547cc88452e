"""How long a connection may live without a hello, with its credential, and at all (protocol.md §4, §9). Pure."""

from math import inf
from random import Random

from consumers import closing
from consumers.limits import Limits

# A credential's end is announced so long before (protocol.md §4.6).
WARNING_S = 60
# An age limit for all at once would bring all back at once (protocol.md §9).
AGE_SPREAD_S = 2 * 3600


class Lifetime:
    """Deadlines in the caller's seconds; infinity where there is none."""

    def __init__(self, limits: Limits, random: Random, now: float) -> None:
        self.hello_by = now + limits.hello_timeout_s
        self._expires_at = self._warn_at = inf
        self._old_at = now + limits.max_age_hours * 3600 + random.uniform(-AGE_SPREAD_S, AGE_SPREAD_S)

    @property
    def next(self) -> float:
        return min(self._warn_at, self._expires_at, self._old_at)

    def greeted(self) -> None:
        self.hello_by = inf

    def valid_for(self, seconds: float, now: float) -> None:
        """The credential is proven for so long."""
        self._expires_at = now + seconds
        self._warn_at = self._expires_at - WARNING_S

    def over(self, now: float) -> int | None:
        """The closing code, where the time has come."""
        if now >= self.hello_by:
            return closing.NO_HELLO
        if now >= self._expires_at:
            return closing.AUTH_EXPIRED
        return closing.AGE if now >= self._old_at else None

    def warning(self, now: float) -> int | None:
        """Milliseconds until the credential expires, once, when it is time to say so."""
        if now < self._warn_at:
            return None
        self._warn_at = inf
        return round((self._expires_at - now) * 1000)
