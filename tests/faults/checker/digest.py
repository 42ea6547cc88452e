"""A history put in order for the rules: one record for each command with all its attempts and answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.faults.checker.history import Event, Final, History, Json

SILENT = frozenset({"hello", "pong", "thread.typing"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `kind` is what the table of a soak counts."""

    kind: str
    thread: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind} in {self.thread or '-'}: {self.text}"


@dataclass(slots=True)
class Asked:
    """One command id of one person, however often it was sent."""

    user: str
    id: str
    frame: Json
    sends: list[Event] = field(default_factory=list)
    oks: list[Event] = field(default_factory=list)
    errors: list[Event] = field(default_factory=list)

    @property
    def type(self) -> str:
        return str(self.frame["type"])

    @property
    def thread(self) -> str:
        return str(self.frame.get("thread", ""))

    @property
    def places(self) -> list[Json]:
        """The answers that tell an entry."""
        return [ok.frame for ok in self.oks if "entry" in ok.frame]

    @property
    def surely_not_done(self) -> bool:
        """Every attempt was answered, and every answer said that nothing was executed."""
        return (
            not self.oks
            and len(self.errors) == len(self.sends)
            and all(error.frame["executed"] == "no" for error in self.errors)
        )


class Digest:
    """`entries` finds an entry by (thread, seq); `own` finds it by (user, command)."""

    def __init__(self, history: History, final: Final) -> None:
        self.history = history
        self.final = final
        self.asked: dict[tuple[str, str], Asked] = {}
        self.stray: list[Finding] = []
        self.lines: dict[str, list[Event]] = {}
        self.snapshots: dict[str, list[Json]] = {}
        for event in history.events:
            self.lines.setdefault(event.line, []).append(event)
            if event.what == "sent" and event.frame.get("type") not in SILENT:
                self._sent(event)
            elif event.what == "got" and event.frame.get("type") in ("ok", "error"):
                self._answered(event)
            if event.what == "got" and event.frame.get("type") in ("ok", "subscribed"):
                self._snapshot(event.frame)
        self.entries: dict[tuple[str, int], Json] = {}
        self.own: dict[tuple[str, str], list[tuple[str, Json]]] = {}
        for thread, views in final.views.items():
            for user, log in views.items():
                for entry in log:
                    self.entries[thread, entry["seq"]] = entry
                    if "command" in entry:
                        self.own.setdefault((user, entry["command"]), []).append((thread, entry))

    def _sent(self, event: Event) -> None:
        key = event.user, str(event.frame["id"])
        asked = self.asked.setdefault(key, Asked(*key, event.frame))
        asked.sends.append(event)

    def _answered(self, event: Event) -> None:
        name = event.frame.get("id")
        if name is None:
            return
        asked = self.asked.get((event.user, str(name)))
        sent = sum(send.line == event.line for send in asked.sends) if asked else 0
        if asked is None or not sent:
            self.stray.append(Finding("reply", "", f"{event.line} was answered {name}, which it had not asked"))
            return
        answers = asked.oks + asked.errors
        if sum(answer.line == event.line for answer in answers) >= sent:
            self.stray.append(Finding("reply", asked.thread, f"{event.line} was answered {name} once too often"))
        (asked.oks if event.frame["type"] == "ok" else asked.errors).append(event)

    def _snapshot(self, frame: Json) -> None:
        snapshot = frame if "as_of" in frame else frame.get("snapshot")
        if snapshot:
            self.snapshots.setdefault(snapshot["thread"], []).append(snapshot)

    def logs(self) -> Iterator[tuple[str, list[Json]]]:
        for thread in self.final.views:
            yield thread, self.final.log(thread)
