"""The evidence pack: one file about one thread that a third person verifies offline (docs/evidence.md).

Must never hold a whole log in memory, and never show a moderator anything before that is recorded. The file is the
canonical form of {content, seal}: the seal signs the digest of each section and the end of the entries' chain.
"""

import hashlib
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from chat import wholelog
from chat.actors import Actor
from chat.acts import Act
from chat.announce import Record
from moderation.exhibits import EXHIBITS, Subject
from moderation.looking import admitted, recorded
from moderation.sealing import canonical, sealed
from orders.queries import found, one_view

FORMAT = "order-threads-evidence/1"
ENTRIES = "entries"


def export(actor: Actor, thread: str, why: str = "") -> IO[bytes]:
    """The pack as an open file, at its beginning; it is gone when closed. A moderator's reason is that of the watch.

    Raises Refused not_found, wrong_role, reason_required.
    """
    with one_view():
        act, _ = found(actor, thread)
        why = admitted(act, "evidence") or why
    recorded(act, "evidence", why, head=act.thread.head)
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - it is the caller's
    with one_view():
        act, order = found(actor, thread)
        of = Subject(act, order, why)
        exhibits = {name: shown(of) for name, shown in EXHIBITS.items()}
        _write(file, act, exhibits)
    file.seek(0)
    return file


def _write(file: IO[bytes], act: Act, exhibits: dict[str, Any]) -> None:
    chain = Chain(act.thread.id)
    digests: dict[str, str] = {}
    for n, name in enumerate(sorted([*exhibits, ENTRIES])):
        file.write(b'{"content":{' if n == 0 else b",")
        file.write(canonical(name) + b":")
        entries = chain.links(wholelog.read(act.thread, act.thread.head))
        digests[name] = _digested(file, entries if name == ENTRIES else [canonical(exhibits[name])])
    seal = sealed({"format": FORMAT, "chain": chain.end, "digests": digests})
    file.write(b'},"seal":' + canonical(seal) + b"}")


def _digested(file: IO[bytes], parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
        file.write(part)
    return digest.hexdigest()


class Chain:
    """hash n = SHA-256(hash n-1 ‖ canonical entry n); hash 0 is the SHA-256 of the thread's name."""

    def __init__(self, thread: str) -> None:
        self._last = hashlib.sha256(thread.encode())

    @property
    def end(self) -> str:
        return self._last.hexdigest()

    def links(self, log: Iterable[Record]) -> Iterator[bytes]:
        """The section of the entries, each with its hash."""
        yield b"["
        for record in log:
            said = canonical(record.wire())
            self._last = hashlib.sha256(self._last.digest() + said)
            comma = b"," if record.seq > 1 else b""
            yield b'%b{"entry":%b,"hash":"%b"}' % (comma, said, self.end.encode())
        yield b"]"
