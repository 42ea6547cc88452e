"""The language of the wire (protocol.md §2, §5): text to typed frames, replies to text.

Pure: pydantic and the standard library. Must never let a frame through that two readers could understand
differently, and never raise anything but Refused for what a stranger sent.
"""

import json
import math
import re
from collections.abc import Iterable
from typing import Any, Never

import msgspec
from pydantic import ValidationError

from chat.commands import UUID
from chat.encoding import encode
from chat.refusals import Refused
from consumers.vocabulary import COMMANDS, FRAMES, Frame

__all__ = ["COMMANDS", "Unreadable", "decode", "encode", "entries", "error", "ok", "parse", "read", "size"]

DEPTH = 8
LARGEST = 2**53
DIGITS = len(str(-LARGEST))
IDENTITY = re.compile(UUID)


class Unreadable(Refused):
    """A frame that is no command; `id` is echoed where it was at least a valid one."""

    def __init__(
        self, code: str, *, id: str | None = None, field: str | None = None, message: str | None = None
    ) -> None:
        super().__init__(code, message, field=field)
        self.id = id


def decode(text: str) -> Frame:
    """One frame, typed. Raises Unreadable: bad_frame, unknown_type, bad_request with the first wrong field."""
    return read(parse(text))


def parse(text: str | bytes) -> dict[str, Any]:
    """One JSON object within the limits of protocol.md §2. Raises Unreadable bad_frame for anything else."""
    if isinstance(text, str) and (flat := _flat(text)) is not None:
        return flat
    try:
        if isinstance(text, bytes):
            text = text.decode()
        frame = _decoder.decode(text)
    except (ValueError, RecursionError):
        raise Unreadable("bad_frame") from None
    if type(frame) is not dict:
        raise Unreadable("bad_frame", message="A frame is one JSON object.")
    # Counting brackets is fast and never too low; only a suspect is walked.
    if text.count("{") + text.count("[") > DEPTH and _deeper(frame, DEPTH):
        raise Unreadable("bad_frame", message=f"Nested deeper than {DEPTH}.")
    return frame


def read(frame: dict[str, Any]) -> Frame:
    """The typed frame of a parsed one; unknown fields are ignored. Raises Unreadable unknown_type, bad_request."""
    kind = frame.get("type")
    if not isinstance(kind, str):
        raise Unreadable("bad_request", id=identity(frame), field="type")
    model = FRAMES.get(kind)
    if model is None:
        raise Unreadable("unknown_type", id=identity(frame))
    try:
        return model.model_validate(frame)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        # A rule about the whole command names its field in the context.
        field = ".".join(map(str, first["loc"])) or first["ctx"]["field"]
        raise Unreadable("bad_request", id=identity(frame), field=field, message=f"{field}: {first['msg']}") from None


def identity(frame: dict[str, Any]) -> str | None:
    """The frame's id where it is a UUID: only that is echoed (protocol.md §8)."""
    named = frame.get("id")
    return named if isinstance(named, str) and IDENTITY.fullmatch(named) else None


def ok(id: str, reply: dict[str, Any]) -> str:
    return encode({"type": "ok", "id": id, **reply})


def ok_at(id: str, place: str) -> str:
    """The `ok` of a message that was written; `place` is the JSON of where."""
    return f'{{"type":"ok","id":"{id}",{place[1:-1]},"duplicate":false}}'


def error(refused: Refused, id: str | None, thread: str | None = None) -> str:
    """`thread` stands only where there is no command to name: a resumed thread, or one whose watch has ended."""
    where = {} if thread is None else {"thread": thread}
    return encode({"type": "error", "id": id, **where, **refused.body()})


def entries(thread: str, encoded: Iterable[str]) -> str:
    """One `entries` frame out of entries that were encoded before, once for all who get them."""
    return f'{{"type":"entries","thread":{encode(thread)},"entries":[{",".join(encoded)}]}}'


def size(text: str) -> int:
    """Bytes that this takes on the wire, which is UTF-8."""
    return len(text) if text.isascii() else len(text.encode(errors="replace"))


def _flat(text: str) -> dict[str, Any] | None:
    """The object of most frames, read fast; None where only the strict decoder below may say what it is.

    Without a backslash every quotation mark begins or ends a key or a text, so a key that came twice shows in their
    number.
    """
    if "\\" in text:
        return None
    try:
        frame = _fast.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None
    if type(frame) is not dict:
        return None
    marks = 2 * len(frame)
    for value in frame.values():
        kind = type(value)
        if kind is str:
            marks += 2
        elif kind is not bool and value is not None and (kind is not int or not -LARGEST <= value <= LARGEST):
            return None
    return frame if text.count('"') == marks else None


def _deeper(value: Any, levels: int) -> bool:
    """Is it nested in more than so many objects and arrays? Never goes deeper itself."""
    if not isinstance(value, (dict, list)):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper(each, levels - 1) for each in inner)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        # Two readers may each take another one of the two: a way past a filter.
        raise ValueError("duplicate key")
    return made


def _integer(digits: str) -> int:
    # Compared by length first: turning a hostile megabyte of digits into a number takes seconds.
    if len(digits) > DIGITS or abs(number := int(digits)) > LARGEST:
        raise ValueError("integer out of range")
    return number


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("float out of range")
    return number


def _constant(name: str) -> Never:
    raise ValueError(name)


_fast = msgspec.json.Decoder()
_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant)
