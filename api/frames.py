"""The frames that the server sends besides `ok`, as models (protocol.md §4, §5). For the documents only.

Must never be used to build a frame: consumers/ does.
"""

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.replies import Capabilities, Decision, Envelope, Snapshot, Time
from api.staff import FeedRow
from chat.commands import Id, Name, Seq
from chat.refusals import KINDS, Executed, Retry


class Frame(BaseModel):
    type: str


class Heartbeat(BaseModel):
    interval_ms: int
    timeout_ms: int


class Welcome(Frame):
    type: Literal["welcome"]
    connection: str
    user: Name
    role: str
    lead: bool | None = Field(None, description="a moderator who rules on appeals and reads all records")
    epoch: str = Field(description="another one than the client knows: start afresh")
    now: Time
    heartbeat: Heartbeat
    limits: dict[str, Any]
    auth_expires: Time


class Reset(Frame):
    """Forget what you know and subscribe afresh; the socket stays open."""

    type: Literal["reset"]
    scope: Literal["all"]


class Resumed(Frame):
    """In place of `ok` for a thread that `hello` resumed."""

    type: Literal["subscribed"]
    thread: Name
    head: Seq
    mode: Literal["replay", "snapshot"]
    snapshot: Snapshot | None = None


class CaughtUp(Frame):
    type: Literal["caught_up"]
    thread: Name
    seq: Seq


class Ping(Frame):
    """Answer `pong` after processing all that came before."""

    type: Literal["ping"]
    n: int


class AuthExpiring(Frame):
    type: Literal["auth.expiring"]
    in_ms: int


class Bye(Frame):
    """Comes before every close by the server, which cannot give a reason otherwise."""

    type: Literal["bye"]
    code: int
    reason: str
    reconnect: Literal["no", "backoff", "now"]
    after_ms: int


class Error(Frame):
    """`id` is null where the command had none that can be read; `thread` names one that a resume refused."""

    type: Literal["error"]
    id: Id | None
    thread: Name | None = None
    code: Literal[tuple(KINDS)]  # type: ignore[valid-type]
    message: str
    executed: Executed
    retry: Retry
    after_ms: int | None = None
    field: str | None = None
    info: dict[str, Any] | None = None


class EntriesFrame(Frame):
    """Consecutive entries of one thread, 100 at most."""

    type: Literal["entries"]
    thread: Name
    entries: list[Envelope]


class CapabilitiesChanged(Frame, Capabilities):
    """What this person may do in the thread now; sent whenever it changes."""

    type: Literal["capabilities"]
    thread: Name
    as_of: Seq


class Typing(Frame):
    """Lapses after 6 s; may be dropped."""

    type: Literal["typing"]
    thread: Name
    user: Name
    on: bool


class Presence(Frame):
    type: Literal["presence"]
    user: Name
    online: bool


class Read(Frame):
    type: Literal["read"]
    thread: Name
    user: Name
    seq: Seq


class Delivered(Frame):
    type: Literal["delivered"]
    thread: Name
    user: Name
    seq: Seq


class Feed(Frame):
    """Rows of the feed that changed; never more than fit on the page that was asked for."""

    type: Literal["feed"]
    rows: list[FeedRow]
    out: list[Name] | None = Field(None, description="threads that belong on the page no more")


class Decided(Frame):
    """A decision of staff that concerns this person is new, appealed or ruled on; `decision.list` has them all."""

    type: Literal["decision"]
    decision: Decision


SENT: tuple[type[Frame], ...] = (
    Welcome, Reset, Resumed, CaughtUp, Ping, AuthExpiring, Bye, Error, EntriesFrame,
    CapabilitiesChanged, Typing, Presence, Read, Delivered, Feed, Decided,
)  # fmt: skip
