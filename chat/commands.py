"""What may be asked of a thread (protocol.md §6): a closed list of typed commands.

Must never import Django. Here stands only what makes a command readable; whether it is allowed, and whether its
text is fit, is decided after the rules, because a refusal by the rules comes first (protocol.md §6).
"""

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticSerializationError

from chat.encoding import encode

UUID = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
# An opaque name: no white space or control character, which no database and no log line should meet. Its length is said
# beside it: counted by the pattern it would cost as much as all the rest of a command.
NAME = r"^[^\s\p{C}]+$"

Id = Annotated[str, StringConstraints(pattern=UUID, max_length=36)]
Name = Annotated[str, StringConstraints(pattern=NAME, max_length=64)]
Seq = Annotated[int, Field(ge=0, le=2**53)]
Limit = Annotated[int, Field(ge=1, le=100)]


class Wire(BaseModel):
    """Anything on the wire: strict types, unknown fields ignored both ways (protocol.md §2)."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    def digest(self) -> bytes:
        """What it asks for, without its id: the same id must always carry the same (protocol.md §6)."""
        try:
            # Without defaults, so that a field which a later version adds does not make an old command a new one.
            text = self.model_dump_json(exclude={"id"}, exclude_defaults=True)
        except PydanticSerializationError:
            # A lone surrogate, which no UTF-8 can hold: refused later, but it must have a digest until then.
            text = json.dumps(self.model_dump(exclude={"id"}, exclude_defaults=True), sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).digest()


Amount = Annotated[int, Field(ge=0, le=10**12)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Money(Wire):
    """An amount in minor units of an ISO 4217 currency; never a float."""

    amount: Amount
    currency: Currency


class Price(Money):
    amount: int = Field(ge=1, le=10**12)


class Command(Wire):
    """One request; `id` is made by the client and names it for ever."""

    type: str
    id: Id

    @property
    def action(self) -> str:
        """What the rule tables and capabilities call it; variants add `:purpose` or `:kind`."""
        return self.type


class ThreadCommand(Command):
    thread: Name


class Targeted(ThreadCommand):
    target: Annotated[int, Field(ge=1, le=2**53)]


class ThreadSubscribe(ThreadCommand):
    type: Literal["thread.subscribe"]
    after: Seq | None = None


class ThreadUnsubscribe(ThreadCommand):
    type: Literal["thread.unsubscribe"]


class ThreadHistory(ThreadCommand):
    type: Literal["thread.history"]
    before: Seq | None = None
    after: Seq | None = None
    limit: Limit = 50


class ThreadSnapshot(ThreadCommand):
    type: Literal["thread.snapshot"]


class ThreadList(Command):
    type: Literal["thread.list"]
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None
    limit: Limit = 50
    state: Annotated[str, StringConstraints(max_length=64)] | None = None


class ThreadRead(ThreadCommand):
    type: Literal["thread.read"]
    seq: Seq


class ThreadDelivered(ThreadCommand):
    type: Literal["thread.delivered"]
    seq: Seq


class ThreadTyping(Wire):
    """Has no reply, so it needs no id."""

    type: Literal["thread.typing"]
    id: Id | None = None
    thread: Name
    on: bool


class ThreadMute(ThreadCommand):
    type: Literal["thread.mute"]
    on: bool


class ThreadArchive(ThreadCommand):
    type: Literal["thread.archive"]
    on: bool


def _plainly(value: Any) -> Any:
    # pydantic takes 1 for Literal[True]; what cannot be undone needs the very word.
    if value is not True:
        raise ValueError("only true confirms")
    return value


class ThreadLeave(ThreadCommand):
    type: Literal["thread.leave"]
    confirm: Annotated[Literal[True], BeforeValidator(_plainly)]


class MessageSend(ThreadCommand):
    type: Literal["message.send"]
    text: str
    purpose: Literal["chat", "support", "check_in", "statement"] = "chat"
    attachments: Annotated[tuple[Name, ...], Field(max_length=10, strict=False)] = ()
    reply_to: Annotated[int, Field(ge=1, le=2**53)] | None = None

    def digest(self) -> bytes:
        """As the others', but written out: no other command is sent so often."""
        said: list[Any] = [self.type, self.thread, self.text]
        if self.purpose != "chat" or self.attachments or self.reply_to is not None:
            said += [self.purpose, self.attachments, self.reply_to]
        return hashlib.sha256(encode(said).encode()).digest()

    @property
    def action(self) -> str:
        return self.type if self.purpose == "chat" else f"{self.type}:{self.purpose}"


class MessageCheck(ThreadCommand):
    type: Literal["message.check"]
    text: str


class MessageEdit(Targeted):
    type: Literal["message.edit"]
    text: str


class MessageRedact(Targeted):
    type: Literal["message.redact"]
    reason: str | None = None


class MessageReport(Targeted):
    type: Literal["message.report"]
    reason: str


class ModerationWatch(ThreadCommand):
    type: Literal["moderation.watch"]
    reason: str


class ModerationFeed(Command):
    """Where all threads stand, live, without a word of anybody. `limit` is what fits on the page."""

    type: Literal["moderation.feed"]
    on: bool
    state: Annotated[str, StringConstraints(max_length=64)] | None = None
    flagged: bool | None = None
    user: Name | None = None
    currency: Currency | None = None
    min_amount: Amount | None = None
    max_amount: Amount | None = None
    language: Annotated[str, StringConstraints(max_length=35)] | None = None
    sort: Literal["newest", "risk", "waiting"] = "newest"
    limit: Limit = 50


class ModerationNote(ThreadCommand):
    type: Literal["moderation.note"]
    text: str
