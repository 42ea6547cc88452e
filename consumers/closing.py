"""Why a connection ends, as data (protocol.md §9), and the `bye` that says so before every close. Pure."""

from random import Random
from typing import Any, NamedTuple


class Closing(NamedTuple):
    """What a client reads, and what it may do: `no` means not unchanged."""

    reason: str
    reconnect: str


CLOSINGS = {
    4000: Closing("protocol error", "no"),
    4002: Closing("the credential is not valid", "no"),
    4003: Closing("this account is suspended", "no"),
    4005: Closing("the frame is too large", "no"),
    4006: Closing("the session was revoked", "no"),
    4100: Closing("no hello in time", "backoff"),
    4101: Closing("far too many commands", "backoff"),
    4102: Closing("too many sockets", "backoff"),
    4103: Closing("too many commands waiting", "backoff"),
    4104: Closing("a fault of the server", "backoff"),
    4105: Closing("the server is overloaded", "backoff"),
    4200: Closing("this server is leaving", "now"),
    4201: Closing("the credential has expired", "now"),
    4202: Closing("no pong came", "now"),
    4203: Closing("no pong came while data was outstanding", "now"),
    4206: Closing("this socket is old", "now"),
}

PROTOCOL_ERROR = 4000
AUTH_FAILED = 4002
SUSPENDED = 4003
TOO_LARGE = 4005
SESSION_REVOKED = 4006
NO_HELLO = 4100
RATE_ABUSE = 4101
TOO_MANY_SOCKETS = 4102
INPUT_OVERFLOW = 4103
SERVER_ERROR = 4104
OVERLOADED = 4105
DRAINING = 4200
AUTH_EXPIRED = 4201
HEARTBEAT_LOST = 4202
SLOW_READER = 4203
AGE = 4206

# A refusal at the door is not worth another attempt within this; spread, so that a crowd comes back thinned.
BACKOFF_MS = (1000, 4000)


def bye(code: int, random: Random, *, reason: str = "", after_ms: int | None = None) -> dict[str, Any]:
    """The last frame. `after_ms` is when to come back, drawn where the caller does not say."""
    known = CLOSINGS[code]
    if after_ms is None:
        after_ms = random.randint(*BACKOFF_MS) if known.reconnect == "backoff" else 0
    return {
        "type": "bye",
        "code": code,
        "reason": reason or known.reason,
        "reconnect": known.reconnect,
        "after_ms": after_ms,
    }
