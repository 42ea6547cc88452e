"""Who writes down the first of everything that passes over the wire in one run."""

from typing import Any

from tests.api.market import Market, new_id
from tests.consumers.person import Frame, Person

# A command's variants are kept one by one.
VARIANT = ("purpose", "kind", "outcome")


class Scribe:
    """Kim, sam and mia at their sockets, and what they said and were told."""

    def __init__(self, market: Market, kim: Person, sam: Person, mia: Person) -> None:
        self.market, self.kim, self.sam, self.mia = market, kim, sam, mia
        self.commands: dict[str, Any] = {}
        self.replies: dict[str, Any] = {}
        self.errors: dict[str, Any] = {}
        self.frames: dict[str, Any] = {}
        self.threads: list[str] = []

    def place(self) -> str:
        """A new order; returns its thread."""
        self.threads.append(str(self.market.place()["thread"]))
        return self.threads[-1]

    async def ok(self, person: Person, type: str, **fields: Any) -> Frame:
        """What must succeed: the command and its reply are kept, the first of each name."""
        command = {"type": type, "id": new_id(), **fields}
        reply = await person.done(**command)
        name = named(command)
        self.commands.setdefault(name, command)
        self.replies.setdefault(name, reply)
        return reply

    async def step(self, person: Person, type: str, thread: str, **fields: Any) -> Frame:
        """A step of the order as it stands now."""
        return await self.ok(person, type, thread=thread, expect=await self.version(thread), **fields)

    async def no(self, person: Person, code: str, type: str, **fields: Any) -> Frame:
        """What must be refused: the command and the error are kept by the code."""
        command = {"type": type, "id": new_id(), **fields}
        error = await person.refused(**command)
        assert error["code"] == code, error
        self.errors.setdefault(code, {"command": command, "error": error})
        return error

    async def no_step(self, person: Person, code: str, type: str, thread: str, **fields: Any) -> Frame:
        return await self.no(person, code, type, thread=thread, expect=await self.version(thread), **fields)

    def told(self, frame: Frame) -> None:
        """A frame from the server that answers no command."""
        self.frames.setdefault(frame["type"], frame)

    async def version(self, thread: str) -> int:
        version: int = (await self.kim.done("thread.snapshot", thread=thread))["order"]["version"]
        return version

    async def passes(self, days: int = 0, minutes: int = 0) -> None:
        wait = {"advance_s": days * 86400 + minutes * 60}
        said = self.market.http.post("/api/v1/clock", headers=self.market.host, json=wait)
        assert said.status_code == 200, said.text

    def hears(self, order: str, **word: str) -> None:
        """The host's word about a payment; how it is told to give money back is kept."""
        said = self.market.http.post(f"/api/v1/orders/{order}/payment", headers=self.market.host, json=word).json()
        if "refund" in said.get("info", {}):
            self.errors[f"{said['code']}:refund"] = {"problem": said}

    async def entries(self) -> dict[str, Any]:
        """The first entry of each kind and variant, in the order of threads, as kim reads them."""
        found: dict[str, Any] = {}
        for thread in self.threads:
            page = await self.kim.done("thread.history", thread=thread, after=0, limit=100)
            assert page["complete"] is True
            for entry in page["entries"]:
                found.setdefault(kind(entry), entry)
        return found


def named(command: Frame) -> str:
    """As capabilities name it: `message.send:support`, `proposal.make:refund`, and likewise each ruling."""
    variants = [str(command[name]) for name in VARIANT if name in command]
    return ":".join([command["type"], *(each for each in variants if each != "chat")])


def kind(entry: Frame) -> str:
    """With what makes it another one to a client: a step's action, a purpose, a follow-up's links, an erased body."""
    variant = entry.get("action") or entry.get("purpose", "chat")
    if entry.get("erased"):
        variant = "erased"
    elif entry["kind"] == "message" and entry["by"]["role"] == "moderator":
        variant = "staff"
    elif entry.get("cause") == "window":
        variant = "window"
    elif "previous" in entry or (entry["kind"] == "offer.accepted" and "thread" in entry):
        variant = "follow_up"
    return entry["kind"] if variant == "chat" else f"{entry['kind']}:{variant}"
