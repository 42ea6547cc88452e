"""The model's clients: kim and sam on two devices each, which retry until they are answered. And the whole play."""

from random import Random

from tests.faults.checker.history import Final, History, Json
from tests.faults.model.bugs import Bug
from tests.faults.model.parts import Line
from tests.faults.model.server import Server
from tests.faults.model.store import KIM, SAM, STEPS, Store

THREADS = 2
ACTS = 40


class Device:
    """One device with its cursors and what it is not yet sure of."""

    def __init__(self, play: "Play", user: str) -> None:
        self.play = play
        self.user = user
        self.line: Line | None = None
        self.cursors: dict[str, int] = dict.fromkeys(play.store.threads, 0)
        self.unsure: dict[str, Json] = {}
        self.left = ACTS

    @property
    def done(self) -> bool:
        return self.left <= 0 and not self.unsure and self.line is not None and not self.line.dead

    def turn(self) -> None:
        """Read some, then do something."""
        if self.line is None or self.line.dead:
            self.drain()
            self.connect()
        self.drain(self.play.random.randint(0, 3))
        if self.left > 0 and len(self.unsure) < 4 and self.play.random.random() < 0.3:
            self.left -= 1
            self.act()

    def connect(self) -> None:
        play = self.play
        if self.line is not None:
            play.history.closed(self.line.name, self.user)
        self.line = play.line(self.user, "socket")
        play.history.opened(self.line.name, self.user)
        if play.random.random() < 0.8:
            self.send({"type": "hello", "resume": {"threads": dict(self.cursors)}})
        else:
            for thread in self.cursors:
                self.send({"type": "thread.subscribe", "id": play.new_id(), "thread": thread})
        for frame in list(self.unsure.values()):
            self.send(frame)

    def send(self, frame: Json) -> None:
        assert self.line is not None
        self.play.history.sent(self.line.name, self.user, frame)
        self.play.server.take(self.line, frame)

    def drain(self, most: int = 10**6) -> None:
        if self.line is None:
            return
        for _ in range(min(most, len(self.line.inbox))):
            frame = self.line.inbox.pop(0)
            self.play.history.got(self.line.name, self.user, frame)
            if frame["type"] == "entries":
                self.cursors[frame["thread"]] = frame["entries"][-1]["seq"]
            elif "snapshot" in frame:
                self.cursors[frame["snapshot"]["thread"]] = frame["snapshot"]["as_of"]
            elif frame["type"] in ("ok", "error") and frame["id"] in self.unsure:
                self.answered(frame)

    def answered(self, frame: Json) -> None:
        command = self.unsure[frame["id"]]
        if frame["type"] == "error" and frame["retry"] == "same" and self.play.random.random() < 0.7:
            self.send(command)
        else:
            del self.unsure[frame["id"]]

    def act(self) -> None:
        random, thread = self.play.random, self.play.store.threads[self.play.random.choice(list(self.cursors))]
        frame: Json = {"id": self.play.new_id(), "thread": thread.name}
        offers = list(thread.offers)[-1:]
        kind = random.choices(("say", "read", "offer", "answer", "step", "leave"), (50, 8, 8, 22, 8, 2))[0]
        if kind == "read":
            self.send(frame | {"type": "thread.snapshot"})
            return
        if kind == "offer" and self.user == SAM:
            frame |= {"type": "offer.make"}
        elif kind == "answer" and offers:
            types = ("offer.accept", "offer.accept", "offer.decline") if self.user == KIM else ("offer.withdraw",)
            frame |= {"type": random.choice(types), "offer": random.choice(offers)}
        elif kind == "step" and self.left < ACTS * 2 / 3:
            step = next((name for name, (begins, _) in STEPS.items() if begins == thread.state), "order.close")
            frame |= {"type": step, "expect": thread.version}
        elif kind == "leave":
            frame |= {"type": "thread.leave", "confirm": True}
        else:
            frame |= {"type": "message.send", "text": f"{self.user} says {frame['id']}"}
        self.unsure[frame["id"]] = frame
        self.send(frame)


class Play:
    """One seeded run of everybody."""

    def __init__(self, seed: int, *bugs: Bug) -> None:
        self.random = Random(seed)
        self.history = History(now=lambda: 0.0)
        self.store = Store(frozenset(bugs), THREADS)
        self.server = Server(self.store, self.random)
        self.devices = [Device(self, user) for user in (KIM, KIM, SAM, SAM)]
        self.numbers = 0

    def new_id(self) -> str:
        self.numbers += 1
        return f"c{self.numbers}"

    def line(self, user: str, kind: str) -> Line:
        process = self.random.choice(self.server.processes)
        line = Line(f"{kind}-{self.new_id()}", user, process)
        process.lines.append(line)
        return line

    def run(self) -> tuple[History, Final]:
        while not all(device.done for device in self.devices):
            self.step()
            if self.random.random() < 0.004:
                self.server.crash(self.random.choice(self.server.processes))
            lines = [line for process in self.server.processes for line in process.lines]
            if lines and self.random.random() < 0.01:
                self.server.cut(self.random.choice(lines))
        for _ in range(400):
            self.step()
        for process in self.server.processes:
            while process.hints:
                self.server.deliver(process, sweep=False)
            self.server.deliver(process, sweep=True)
            self.server.deliver(process, sweep=True)
        for device in self.devices:
            device.drain()
        return self.history, self.store.final()

    def step(self) -> None:
        """Anybody's next move."""
        random = self.random
        random.choice(self.devices).turn()
        process = random.choice(self.server.processes)
        self.server.deliver(process, sweep=random.random() < 0.05)
        for handler in random.sample(process.running, min(3, len(process.running))):
            if next(handler, "over") == "over":
                process.running.remove(handler)
