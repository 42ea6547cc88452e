"""How each measured server is spoken to: addresses, first frames, messages, and what to look for in the answers.

Must never decode a frame whole where a pattern finds what counts: decoding would make the generator the bottleneck.
Every message's text begins with `#TAG.NUMBER `: the sending process and its count.
"""

import json
import re
import time
import uuid
from typing import Protocol
from urllib.parse import quote

import jwt

from bench.load.work import Work
from bench.names import Seat

FILLER = "All the parts of the logo are drawn now, and I would like to hear from you which of the two you like. "


def text(work: Work, number: int) -> str:
    """A message's text: as many characters as asked for, ASCII."""
    begin = f"#{work.tag}.{number} "
    return begin + (FILLER * (work.text_bytes // len(FILLER) + 1))[: work.text_bytes - len(begin)]


class Speech(Protocol):
    """`marks` finds (tag, number, "") for each delivered text and ("", "", hexadecimal number) for an acknowledgement.

    `counts_own`: the author's own copy is what acknowledges (there is no other sign).
    """

    marks: re.Pattern[bytes]
    counts_own: bool
    protocol: str
    fetched: re.Pattern[bytes]
    entry: bytes

    def __init__(self, work: Work) -> None: ...
    def path(self, seat: Seat) -> str: ...
    def headers(self, seat: Seat) -> dict[str, str]: ...
    def opening(self, seat: Seat) -> bytes | None: ...
    def opened(self, payload: bytes) -> int: ...
    def message(self, seat: Seat, number: int) -> bytes: ...
    def fetch(self, seat: Seat) -> list[bytes]: ...
    def answer(self, payload: bytes) -> bytes | None: ...
    def fault(self, payload: bytes) -> str: ...


class Ours:
    """protocol.md. A command's id is a UUID of this process whose last twelve digits are the message's number."""

    counts_own = False
    protocol = "order-threads.v1"
    fetched = re.compile(rb'"type":"caught_up"')
    entry = b'"kind":'

    def __init__(self, work: Work) -> None:
        self.work = work
        self.prefix = str(uuid.uuid4())[:24]
        self.marks = re.compile(rb'#(\d)\.(\d+) |"id":"%s([0-9a-f]{12})"' % self.prefix.encode())

    def path(self, seat: Seat) -> str:
        return "/ws/v1"

    def headers(self, seat: Seat) -> dict[str, str]:
        return {"Sec-WebSocket-Protocol": self.protocol}

    def opening(self, seat: Seat) -> bytes:
        now = int(time.time())
        claims = {"sub": seat.user, "exp": now + 890, "iss": "order-threads", "aud": "order-threads"}
        hello: dict[str, object] = {"type": "hello", "token": jwt.encode(claims, self.work.secret, algorithm="HS256")}
        hello["client"] = {"name": "bench", "version": "1"}
        if self.work.kind != "fetch":
            hello["resume"] = {"epoch": self.work.epoch, "threads": dict.fromkeys(seat.threads, seat.after)}
        return json.dumps(hello).encode()

    def opened(self, payload: bytes) -> int:
        """How many of the seat's threads this frame shows to be followed; any number for none to come."""
        return payload.count(b'"type":"welcome"' if self.work.kind == "fetch" else b'"type":"caught_up"')

    def message(self, seat: Seat, number: int) -> bytes:
        # Whoever has several threads writes in all of them, one after another.
        thread = seat.threads[number // 7 % len(seat.threads)]
        return (
            f'{{"type":"message.send","id":"{self.prefix}{number:012x}","thread":"{thread}",'
            f'"text":"{text(self.work, number)}"}}'
        ).encode()

    def fetch(self, seat: Seat) -> list[bytes]:
        """Follow the thread anew from the seat's cursor; `caught_up` ends it."""
        forget = {"type": "thread.unsubscribe", "id": str(uuid.uuid4()), "thread": seat.threads[0]}
        follow = {"type": "thread.subscribe", "id": str(uuid.uuid4()), "thread": seat.threads[0], "after": seat.after}
        return [json.dumps(forget).encode(), json.dumps(follow).encode()]

    def answer(self, payload: bytes) -> bytes | None:
        """The pong that this frame's last ping asks for."""
        if b'"type":"ping"' not in payload:
            return None
        frame = json.loads(payload)
        pings = [each["n"] for each in (frame if isinstance(frame, list) else [frame]) if each["type"] == "ping"]
        return b'{"type":"pong","n":%d}' % pings[-1] if pings else None

    def fault(self, payload: bytes) -> str:
        found = b'"type":"error"' in payload or b'"type":"bye"' in payload or b'"type":"reset"' in payload
        return payload.decode()[:200] if found else ""


class Tutorial:
    """bench/baselines/tutorial: a socket for each room, a session cookie, the group's copy as the acknowledgement."""

    marks = re.compile(rb"#(\d)\.(\d+) ()")
    counts_own = True
    protocol = ""
    fetched = re.compile(rb'"history":')
    entry = b'"text":'

    def __init__(self, work: Work) -> None:
        self.work = work

    def path(self, seat: Seat) -> str:
        return f"/ws/chat/{quote(seat.threads[0])}/"

    def headers(self, seat: Seat) -> dict[str, str]:
        return {"Cookie": f"sessionid={seat.credential}"}

    def opening(self, seat: Seat) -> bytes | None:
        return None

    def opened(self, payload: bytes) -> int:
        return 0

    def message(self, seat: Seat, number: int) -> bytes:
        return f'{{"message":"{text(self.work, number)}"}}'.encode()

    def fetch(self, seat: Seat) -> list[bytes]:
        return [b'{"history":%d}' % seat.after]

    def answer(self, payload: bytes) -> bytes | None:
        return None

    def fault(self, payload: bytes) -> str:
        return ""


class Echo(Tutorial):
    """bench/baselines/echo.py: whatever comes goes back; the frame is as long as one of ours."""

    def path(self, seat: Seat) -> str:
        return "/"

    def message(self, seat: Seat, number: int) -> bytes:
        padding = f'{{"type":"message.send","id":"{uuid.UUID(int=number)}","thread":"{seat.threads[0]}","text":"'
        return f'{padding}{text(self.work, number)}"}}'.encode()


SPEECHES: dict[str, type[Ours] | type[Tutorial] | type[Echo]] = {"ours": Ours, "tutorial": Tutorial, "echo": Echo}
