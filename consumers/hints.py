"""What processes tell each other through Redis: sealed, so that only what our own processes said is believed. Pure.

Must never be the truth: losing, doubling or shuffling hints changes nothing but latency (protocol.md §1).
"""

import hashlib
import hmac
import json
from typing import Any, NamedTuple

from chat.announce import Committed, News, Personal, Revoked, Signal, Touched
from consumers import wire
from consumers.told import Told


class Entries(NamedTuple):
    """Committed entries, encoded already; the parties tell whom they concern."""

    thread: str
    told: list[Told]


class Here(NamedTuple):
    """How many sockets these people have in that process; `whole`: and nobody else has any."""

    counts: dict[str, int]
    whole: bool


class Alive(NamedTuple):
    """That process lives; `ask`: and wants to know who is where."""

    ask: bool


Hint = Entries | Signal | Revoked | Touched | Personal | Here | Alive
NAMES: dict[str, type[Hint]] = {
    "entries": Entries,
    "signal": Signal,
    "revoked": Revoked,
    "touched": Touched,
    "personal": Personal,
    "here": Here,
    "alive": Alive,
}


class Seal:
    """Packs and checks hints with a key that only this installation's processes can derive."""

    def __init__(self, secret: str, epoch: str, process: str) -> None:
        self._key = hashlib.sha256(f"order-threads hints\0{epoch}\0{secret}".encode()).digest()
        self.process = process
        self._name = process.encode()
        # Named for this life of this database: others may share the Redis, and a restored one starts afresh.
        self.channel = f"order-threads:{epoch}"

    def pack(self, hints: list[Hint]) -> bytes:
        said = wire.encode([_plain(hint) for hint in hints]).encode(errors="replace")
        return b".".join((self._name, self._mac(said), said))

    def open(self, payload: bytes) -> tuple[str, list[Hint]] | None:
        """(process, hints); None for what is not ours. Our own come back with none: they are known."""
        try:
            process, mac, said = payload.split(b".", 2)
            if process == self._name:
                return self.process, []
            if not hmac.compare_digest(mac, self._mac(said)):
                return None
            return process.decode(), [_typed(*each) for each in json.loads(said)]
        except (ValueError, TypeError, KeyError):
            return None

    def _mac(self, said: bytes) -> bytes:
        return hmac.digest(self._key, said, "sha256").hex().encode()


def of(news: News, told: list[Told]) -> Hint:
    return Entries(news.thread, told) if isinstance(news, Committed) else news


def _plain(hint: Hint) -> list[Any]:
    match hint:
        case Entries():
            rows = [[each.seq, each.kind, each.author, each.command, each.public, each.size] for each in hint.told]
            return ["entries", hint.thread, rows]
        case Signal():
            return ["signal", hint.thread, hint.sender, hint.frame]
        case Revoked():
            return ["revoked", hint.user, hint.session, hint.staff]
        case Touched():
            return ["touched", hint.thread]
        case Personal():
            return ["personal", hint.user, hint.frame]
        case Here():
            return ["here", hint.counts, hint.whole]
        case Alive():
            return ["alive", hint.ask]


def _typed(name: str, *fields: Any) -> Hint:
    if name == "entries":
        thread, rows = fields
        return Entries(thread, [Told(*row) for row in rows])
    return NAMES[name](*fields)
