"""What clients did and saw, as data: every frame out and in, in the one order in which this process saw them.

Must never hold anything that a client could not know.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

Json = dict[str, Any]
What = Literal["opened", "sent", "got", "closed"]


@dataclass(frozen=True, slots=True)
class Event:
    """`at` is its place in the history. `line` is a socket, or one HTTP exchange; `frame` is as on the wire."""

    at: int
    time: float
    what: What
    line: str
    user: str
    frame: Json


@dataclass
class History:
    """Grows while clients run. One process writes it, so that its order is the order of real time."""

    events: list[Event] = field(default_factory=list)
    now: Callable[[], float] = time.monotonic

    def add(self, what: What, line: str, user: str, frame: Json | None = None) -> None:
        self.events.append(Event(len(self.events), self.now(), what, line, user, frame or {}))

    def opened(self, line: str, user: str) -> None:
        self.add("opened", line, user)

    def sent(self, line: str, user: str, frame: Json) -> None:
        self.add("sent", line, user, frame)

    def got(self, line: str, user: str, frame: Json) -> None:
        self.add("got", line, user, frame)

    def closed(self, line: str, user: str, code: int | None = None) -> None:
        self.add("closed", line, user, {"code": code})

    def save(self, file: Path) -> None:
        """One event a line, for whoever wonders."""
        with file.open("w") as out:
            for event in self.events:
                out.write(json.dumps(asdict(event), ensure_ascii=False) + "\n")


@dataclass
class Final:
    """What the server says when all is quiet: each thread's whole log as each reader sees it, and what stands beside.

    `views` is thread → reader → entries; `snapshots` thread → the snapshots read last; `wallets` user → wallet.
    """

    views: dict[str, dict[str, list[Json]]] = field(default_factory=dict)
    snapshots: dict[str, list[Json]] = field(default_factory=dict)
    wallets: dict[str, Json] = field(default_factory=dict)

    def log(self, thread: str) -> list[Json]:
        """Any reader's view: that they agree is checked apart."""
        return next(iter(self.views.get(thread, {}).values()), [])
