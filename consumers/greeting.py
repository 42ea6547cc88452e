"""The first two frames of a connection: hello and welcome (protocol.md §4). Pure."""

from dataclasses import dataclass
from typing import Any

from consumers import closing, wire
from consumers.limits import Limits
from consumers.vocabulary import Hello


class UnwelcomeError(Exception):
    """A first frame that is no proper hello: the closing code and why."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def read_hello(text: str) -> Hello:
    """Raises UnwelcomeError: 4002 for want of one well-formed credential, 4000 for anything else."""
    try:
        hello = wire.decode(text)
    except wire.Unreadable as fault:
        wrong_credential = fault.field in ("ticket", "token")
        code = closing.AUTH_FAILED if wrong_credential else closing.PROTOCOL_ERROR
        raise UnwelcomeError(code, fault.message) from None
    if not isinstance(hello, Hello):
        raise UnwelcomeError(closing.PROTOCOL_ERROR, "hello comes first")
    if (hello.ticket is None) == (hello.token is None):
        raise UnwelcomeError(closing.AUTH_FAILED, "either a ticket or a token is needed")
    return hello


@dataclass(frozen=True, slots=True)
class Welcome:
    """Who was let in. `expires_in` is in seconds; the rest stands in the frame as it is."""

    connection: str
    user: str
    role: str
    epoch: str
    now: str
    auth_expires: str
    expires_in: float
    lead: bool = False

    def frame(self, limits: Limits) -> dict[str, Any]:
        return {
            "type": "welcome",
            "connection": self.connection,
            "user": self.user,
            "role": self.role,
            **({"lead": True} if self.lead else {}),
            "epoch": self.epoch,
            "now": self.now,
            "heartbeat": limits.heartbeat(),
            "limits": limits.told(),
            "auth_expires": self.auth_expires,
        }
