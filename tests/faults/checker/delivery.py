"""Each socket against the log: from its cursor on every entry, each once, in order, as it is in the log (G4, G5)."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.faults.checker.digest import Digest, Finding
from tests.faults.checker.history import Event, Json

VOLATILE = ("command",)


@dataclass(slots=True)
class Follow:
    """One socket's place in one thread."""

    cursor: int
    head: int
    caught_up: bool = False


class Socket:
    """Plays one line's frames back and says what should not have come."""

    def __init__(self, digest: Digest, line: str, events: list[Event]) -> None:
        self.digest = digest
        self.line = line
        self.events = events
        self.follows: dict[str, Follow] = {}
        self.wanted: dict[str, int | None] = {}
        self.asked: dict[str, Json] = {}
        self.found: list[Finding] = []
        self.closed = False

    def play(self) -> list[Finding]:
        for event in self.events:
            kind = event.frame.get("type")
            if event.what == "closed":
                self.closed = True
            elif event.what == "sent":
                self._sent(event.frame)
            elif event.what == "got" and self.closed:
                self._wrong("", f"got a {kind} after its close")
            elif event.what == "got":
                self._got(event.frame)
        if not self.closed:
            self._complete()
        return self.found

    def _sent(self, frame: Json) -> None:
        if frame["type"] == "hello":
            self.wanted |= frame.get("resume", {}).get("threads", {})
        elif "id" in frame:
            self.asked[str(frame["id"])] = frame

    def _got(self, frame: Json) -> None:
        match frame["type"]:
            case "subscribed":
                self._begin(frame["thread"], frame, self.wanted.get(frame["thread"]))
            case "ok":
                command = self.asked.get(str(frame["id"]), {"type": ""})
                if command["type"] == "thread.subscribe" and not frame.get("already"):
                    self._begin(command["thread"], frame, command.get("after"))
                elif command["type"] == "thread.unsubscribe":
                    self.follows.pop(command["thread"], None)
            case "error" if frame["id"] is None and "thread" in frame:
                self.follows.pop(frame["thread"], None)
            case "reset":
                self.follows.clear()
            case "entries":
                self._entries(frame["thread"], frame["entries"])
            case "caught_up":
                self._caught_up(frame["thread"], frame["seq"])

    def _begin(self, thread: str, frame: Json, after: int | None) -> None:
        snapshot = frame.get("snapshot")
        if frame["mode"] == "snapshot":
            after = snapshot["as_of"] if snapshot else frame["head"]
        if after is None:
            self._wrong(thread, "a replay from nowhere")
            return
        self.follows[thread] = Follow(after, frame["head"])

    def _entries(self, thread: str, entries: list[Json]) -> None:
        follow = self.follows.get(thread)
        if follow is None:
            self._wrong(thread, f"entries {_seqs(entries)} of a thread that it does not follow")
            return
        if not 1 <= len(entries) <= 100:
            self._wrong(thread, f"{len(entries)} entries in one frame")
        for entry in entries:
            if entry["seq"] != follow.cursor + 1:
                self._wrong(thread, f"{entry['seq']} came after {follow.cursor}")
            follow.cursor = entry["seq"]
            self._compare(thread, entry)

    def _compare(self, thread: str, entry: Json) -> None:
        logged = self.digest.entries.get((thread, entry["seq"]))
        if logged is None or logged["entry"] != entry["entry"]:
            self._wrong(thread, f"got {entry['seq']} {entry['entry']}, which is not in the log")
        elif not entry.get("erased") and not logged.get("erased") and _plain(entry) != _plain(logged):
            self._wrong(thread, f"got {entry['seq']} other than it is in the log")

    def _caught_up(self, thread: str, seq: int) -> None:
        follow = self.follows.get(thread)
        if follow is None or follow.cursor != seq or seq < follow.head or follow.caught_up:
            self._wrong(thread, f"caught_up at {seq}, with {follow}")
        if follow is not None:
            follow.caught_up = True

    def _complete(self) -> None:
        for thread, follow in self.follows.items():
            log = self.digest.final.log(thread)
            if follow.cursor != len(log) and thread in self.digest.final.views:
                self._wrong(thread, f"is open and has {follow.cursor} of {len(log)}", "missed")
            if not follow.caught_up:
                self._wrong(thread, "was never told that it caught up")

    def _wrong(self, thread: str, text: str, kind: str = "delivery") -> None:
        self.found.append(Finding(kind, thread, f"{self.line} {text}"))


def delivered(digest: Digest) -> Iterator[Finding]:
    for line, events in digest.lines.items():
        if not line.startswith("http"):
            yield from Socket(digest, line, events).play()


def _plain(entry: Json) -> Json:
    return {key: entry[key] for key in entry if key not in VOLATILE}


def _seqs(entries: list[Json]) -> list[int]:
    return [entry["seq"] for entry in entries]
