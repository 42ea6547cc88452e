"""Who may knock: subprotocol, Origin, and how many strangers one address may have on the step (protocol.md §2, §3).

Must never read the query string or a cookie, and never ask the database.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.conf import settings

PATH = "/ws/v1"
SUBPROTOCOL = "order-threads.v1"


def origin_of(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The Origin header, "" without one."""
    return next((value.decode("latin-1") for name, value in headers if name == b"origin"), "")


def may_enter(scope: Any) -> bool:
    """May this handshake become a socket at all? Where not, the answer is HTTP 403."""
    origins = [value for name, value in scope["headers"] if name == b"origin"]
    return (
        scope["path"] == PATH
        and SUBPROTOCOL in scope.get("subprotocols", ())
        and all(origin.decode("latin-1") in settings.ALLOWED_ORIGINS for origin in origins)
    )


class Doorstep:
    """Sockets that have not yet said hello, counted by address."""

    def __init__(self) -> None:
        self._waiting: Counter[str] = Counter()

    def knock(self, address: str) -> bool:
        """One more; False where that is one too many, and then it is not counted."""
        if self._waiting[address] >= settings.ENV.max_hellos_per_address:
            return False
        self._waiting[address] += 1
        return True

    def leave(self, address: str) -> None:
        """It said hello, or it went."""
        self._waiting[address] -= 1
        if self._waiting[address] <= 0:
            del self._waiting[address]


doorstep = Doorstep()
