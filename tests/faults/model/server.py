"""The model's processes: they die with all they know but the store. Every `yield` is a place where others go on.

Must never be clever: it does what protocol.md says in the plainest way, and wrongly where a bug is planted.
"""

from collections.abc import Iterator

from tests.faults.checker.history import Json
from tests.faults.model.bugs import Bug
from tests.faults.model.parts import Line, Process
from tests.faults.model.reads import Reads
from tests.faults.model.store import KIM, No, Thread


class Server(Reads):
    """Two processes over one store."""

    def crash(self, process: Process) -> None:
        """kill -9, and a new one in its place."""
        for thread in self.store.threads.values():
            if thread.lock is process:
                thread.lock = None
        for line in list(process.lines):
            self.cut(line)
        process.hints, process.running = [], []

    def cut(self, line: Line) -> None:
        """The network loses it, and some of what is under way; handlers go on and talk to nobody."""
        line.dead = True
        del line.inbox[self.random.randint(0, len(line.inbox)) :]
        line.process.lines.remove(line)

    def take(self, line: Line, frame: Json) -> None:
        """A frame has come; dead lines lose it."""
        if line.dead:
            return
        if frame["type"] == "hello":
            for thread, after in frame["resume"]["threads"].items():
                line.process.running.append(self.subscribe(line, thread, after, None))
        elif frame["type"] == "thread.subscribe":
            line.process.running.append(self.subscribe(line, frame["thread"], None, frame["id"]))
        elif frame["type"] == "thread.snapshot":
            line.process.running.append(self.snapshot(line, frame))
        else:
            token = object()
            line.lanes.setdefault(frame["thread"], []).append(token)
            line.process.running.append(self.write(line, frame, token))

    # Writes.

    def write(self, line: Line, frame: Json, token: object) -> Iterator[None]:
        lane = line.lanes[frame["thread"]]
        while lane[0] is not token and not self.has(Bug.SOCKET_OVERTAKES_ITSELF):
            yield
        yield
        thread, process = self.store.threads[frame["thread"]], line.process
        locks = frame["type"] != "offer.accept" or not self.has(Bug.NO_LOCK_ON_ACCEPT)
        while locks and thread.lock is not None:
            yield
        if locks:
            thread.lock = process
        yield from self.locked(line, frame, thread)
        if locks:
            thread.lock = None
        lane.remove(token)

    def locked(self, line: Line, frame: Json, thread: Thread) -> Iterator[None]:
        store, name = self.store, str(frame["id"])
        key = line.name if self.has(Bug.ID_SCOPED_TO_THE_SOCKET) else line.user, name
        if key in store.answers:
            self.say(line, store.answers[key] | {"duplicate": True})
            return
        try:
            bodies = store.decide(thread, line.user, frame)
        except No as no:
            self.refuse(line, name, str(no))
            return
        first = 0
        if self.has(Bug.SEQ_FROM_A_SEQUENCE):
            thread.sequence = first = max(thread.sequence, thread.head) + 1
        self.too_early(line, name, thread)
        yield
        yield
        if self.random.random() < 0.05:
            self.refuse(line, name, "busy")
            return
        added = self.commit(line, thread, bodies, name, first)
        own = next(entry for entry in added if entry.get("command") == name)
        reply = {"type": "ok", "id": name, **{part: own[part] for part in ("seq", "entry", "at")}}
        store.answers[key] = reply
        self.publish(thread.name, added)
        yield
        self.answer(line, reply)

    def too_early(self, line: Line, name: str, thread: Thread) -> None:
        """What must not be said before the commit."""
        store = self.store
        place = {"seq": thread.head + 1, "entry": f"e{store.entries + 1}", "at": f"{store.time + 1:09}"}
        if self.has(Bug.ACKNOWLEDGE_BEFORE_COMMIT):
            self.say(line, {"type": "ok", "id": name, **place, "duplicate": False})
        if not self.has(Bug.TOLD_BEFORE_COMMIT):
            return
        for other in line.process.lines:
            follow = other.follows.get(thread.name)
            if follow and follow.live and follow.cursor == thread.head:
                told = place | {"kind": "message", "by": {"role": "buyer"}}
                other.inbox.append({"type": "entries", "thread": thread.name, "entries": [told]})
                follow.cursor += 1

    def commit(self, line: Line, thread: Thread, bodies: list[Json], name: str, first: int) -> list[Json]:
        by = {"role": "buyer" if line.user == KIM else "seller", "user": line.user}
        added = self.store.append(thread, by, bodies, name, first)
        if self.has(Bug.COMMITS_OUT_OF_ORDER):
            self.swap(thread)
        if self.has(Bug.WRITES_A_JOB_AGAIN) and self.random.random() < 0.05:
            self.store.append(thread, by, bodies[:1])
        return added

    def answer(self, line: Line, reply: Json) -> None:
        wrong = self.has(Bug.NEIGHBOURS_ANSWER) and self.random.random() < 0.1 and self.last_ok
        place = self.last_ok if wrong else reply
        self.last_ok = reply
        if self.has(Bug.SAYS_NO_AFTER_COMMIT) and self.random.random() < 0.1:
            self.refuse(line, reply["id"], "busy")
        elif not self.has(Bug.ACKNOWLEDGE_BEFORE_COMMIT):
            self.say(line, place | {"id": reply["id"], "duplicate": False})

    def swap(self, thread: Thread) -> None:
        """The last two change places."""
        a, b = thread.log[-2:]
        if a["kind"] == b["kind"] == "message":
            for name in ("seq", "at"):
                a[name], b[name] = b[name], a[name]
            thread.log[-2:] = [b, a]

    def refuse(self, line: Line, name: str, code: str) -> None:
        retry = "same" if code == "busy" else "never"
        self.say(line, {"type": "error", "id": name, "code": code, "executed": "no", "retry": retry})
