"""The reading half of the model's processes: subscriptions, snapshots, hints and the sweep."""

from collections.abc import Iterator
from random import Random

from tests.faults.checker.history import Json
from tests.faults.model.bugs import Bug
from tests.faults.model.parts import Follow, Line, Process
from tests.faults.model.store import Store


class Reads:
    """Over one store. Hints may be lost, doubled and overtaken."""

    def __init__(self, store: Store, random: Random) -> None:
        self.store = store
        self.random = random
        self.processes = [Process(), Process()]
        self.last_ok: Json = {}

    def has(self, bug: Bug) -> bool:
        return bug in self.store.bugs

    def say(self, line: Line, frame: Json) -> None:
        if not line.dead:
            line.inbox.append(frame)

    def publish(self, thread: str, entries: list[Json]) -> None:
        for process in self.processes:
            for _ in range(self.random.choice((0, 1, 1, 1, 1, 2))):
                process.hints.append((thread, entries[-1]["seq"], entries))

    def subscribe(self, line: Line, name: str, after: int | None, command: str | None) -> Iterator[None]:
        yield
        thread = self.store.threads[name]
        reply: Json = {"type": "subscribed", "thread": name} if command is None else {"type": "ok", "id": command}
        head, snapshot = thread.head, self.store.snapshot(thread)
        if self.has(Bug.SUBSCRIBE_AFTER_READING_HEAD):
            yield
            yield
            line.follows[name] = Follow(thread.head, thread.head, live=True)
        follow = line.follows.setdefault(name, Follow(head if after is None else after))
        if self.has(Bug.REPLAY_OFF_BY_ONE):
            follow.cursor = max(0, follow.cursor - 1)
        reply |= {"head": head, "mode": "snapshot", "snapshot": snapshot} if after is None else {"mode": "replay"}
        self.say(line, reply | {"head": head})
        if self.has(Bug.SUBSCRIBE_AFTER_READING_HEAD):
            self.entries(line, name, thread.read(head if after is None else after, head))
            self.say(line, {"type": "caught_up", "thread": name, "seq": head})
            return
        follow.head, follow.goal, follow.live = max(follow.head, head), head, True

    def snapshot(self, line: Line, frame: Json) -> Iterator[None]:
        yield
        thread = self.store.threads[frame["thread"]]
        snapshot = self.store.snapshot(thread)
        if self.has(Bug.SNAPSHOT_IN_TWO_READS):
            yield
            yield
            snapshot["as_of"] = thread.head
        if self.has(Bug.READS_A_REPLICA):
            for _ in range(12):
                yield
            line.inbox.append({"type": "ok", "id": frame["id"], "head": max(0, thread.head - 4)})
            return
        self.say(line, {"type": "ok", "id": frame["id"], **snapshot})

    # Delivery.

    def deliver(self, process: Process, *, sweep: bool) -> None:
        """Take one hint, or sweep; then every line goes on from its own cursor."""
        if process.hints:
            name, head, entries = process.hints.pop(self.random.randrange(len(process.hints)))
            for line in process.lines:
                follow = line.follows.get(name)
                if follow and follow.live and self.has(Bug.DELIVERY_IN_HINT_ORDER):
                    self.entries(line, name, entries)
                elif follow:
                    follow.head = max(follow.head, head)
        for line in process.lines:
            for name, follow in line.follows.items():
                if sweep and not self.has(Bug.SWEEP_OFF):
                    follow.head = self.store.threads[name].head
                self.pump(line, name, follow)

    def pump(self, line: Line, name: str, follow: Follow) -> None:
        if not follow.live:
            return
        if follow.head > follow.cursor and not (self.has(Bug.DELIVERY_IN_HINT_ORDER) and follow.goal is None):
            upto = follow.head if follow.goal is None else follow.goal
            self.entries(line, name, self.store.threads[name].read(follow.cursor, upto))
            follow.cursor = max(follow.cursor, upto)
        if follow.goal is not None and follow.cursor >= follow.goal:
            self.say(line, {"type": "caught_up", "thread": name, "seq": follow.cursor})
            follow.goal = None

    def entries(self, line: Line, name: str, entries: list[Json]) -> None:
        for begin in range(0, len(entries), 100):
            shown = [self.store.view(entry, line.user) for entry in entries[begin : begin + 100]]
            self.say(line, {"type": "entries", "thread": name, "entries": shown})
