"""How fast one person may write (protocol.md §9): a token bucket per user, kept as one number each (GCRA). Pure."""

# Above so many users the idle ones are dropped; a bucket that is full again is no different from none.
MANY = 10_000


class Bucket:
    """`rate` per second in the long run, `burst` at once."""

    def __init__(self, rate: float, burst: int) -> None:
        self._interval = 1 / rate
        self._tolerance = burst * self._interval
        # When the user's bucket will be full again.
        self._full_at: dict[str, float] = {}

    def take(self, user: str, now: float) -> float:
        """Take a token at `now` (seconds): 0, or how many seconds to wait for one, and then nothing is taken."""
        full_at = max(self._full_at.get(user, now), now) + self._interval
        wait = full_at - now - self._tolerance
        # Less than a nanosecond is rounding.
        if wait > 1e-9:
            return wait
        if len(self._full_at) >= MANY:
            self._full_at = {name: at for name, at in self._full_at.items() if at > now}
        self._full_at[user] = full_at
        return 0

    def give_back(self, user: str) -> None:
        """The token that was just taken was not needed after all."""
        if user in self._full_at:
            self._full_at[user] -= self._interval
