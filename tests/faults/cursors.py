"""What a client keeps of what it follows: one number for each thread, and what it has yet to catch up with.

Must never skip a frame or wait: it says what to ask for next through `put`, in the order in which frames came.
"""

import asyncio
import time
from collections.abc import Callable, Iterable

from tests.faults.checker import Json
from tests.faults.town import new_id


class Cursors:
    """None is a thread to be begun afresh, by a snapshot."""

    def __init__(self, threads: Iterable[str], put: Callable[[Json], None]) -> None:
        self.put = put
        self.at: dict[str, int | None] = dict.fromkeys(threads, 0)
        self.epoch = ""
        self.refused: list[Json] = []
        self.resumes: list[float] = []
        self.behind: set[str] = set()
        self._lost_at = 0.0
        self._subscribing: dict[str, str] = {}

    def resume(self) -> Json:
        """What `hello` says of it."""
        if not self.epoch:
            return {}
        known = {thread: seq for thread, seq in self.at.items() if seq is not None}
        return {"resume": {"epoch": self.epoch, "threads": known}}

    def lost(self) -> None:
        """The socket is gone."""
        self._lost_at = self._lost_at or time.monotonic()
        self._subscribing.clear()

    def follow(self, thread: str, after: int | None = 0) -> None:
        """One more thread, on this socket and all later ones."""
        self.at[thread] = after
        self.behind.add(thread)
        self._subscribe([thread])

    def process(self, frame: Json) -> bool:
        """True if the frame was for us."""
        match frame["type"]:
            case "welcome":
                fresh = [thread for thread, cursor in self.at.items() if cursor is None or not self.epoch]
                self.epoch, self.behind = frame["epoch"], set(self.at)
                self._subscribe(fresh)
            case "reset":
                self.at = dict.fromkeys(self.at)
                self._subscribe(self.at)
            case "entries":
                self.at[frame["thread"]] = frame["entries"][-1]["seq"]
            case "subscribed":
                self._began(frame["thread"], frame)
            case "caught_up":
                self._caught_up(frame["thread"])
            case "error" if frame["id"] is None and "thread" in frame:
                self._refused(frame["thread"], frame)
            case "ok" if frame["id"] in self._subscribing:
                self._began(self._subscribing.pop(frame["id"]), frame)
            case "error" if frame["id"] in self._subscribing:
                self._refused(self._subscribing.pop(frame["id"]), frame)
            case _:
                return False
        return True

    def _subscribe(self, threads: Iterable[str]) -> None:
        for thread in list(threads):
            name, cursor = new_id(), self.at[thread]
            self._subscribing[name] = thread
            place = {} if cursor is None else {"after": cursor}
            self.put({"type": "thread.subscribe", "id": name, "thread": thread, **place})

    def _began(self, thread: str, frame: Json) -> None:
        if "snapshot" in frame:
            self.at[thread] = frame["snapshot"]["as_of"]

    def _refused(self, thread: str, frame: Json) -> None:
        self.refused.append({**frame, "thread": thread})
        if frame["retry"] == "resync":
            self.at[thread] = None
        if frame["retry"] in ("same", "resync"):
            after_s = frame.get("after_ms", 500) / 1000
            asyncio.get_running_loop().call_later(after_s, self._subscribe, [thread])
        else:
            self.behind.discard(thread)

    def _caught_up(self, thread: str) -> None:
        self.behind.discard(thread)
        if not self.behind and self._lost_at:
            self.resumes.append(time.monotonic() - self._lost_at)
            self._lost_at = 0.0
