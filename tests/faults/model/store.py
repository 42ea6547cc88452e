"""What is durable in the model: threads with their logs, orders, offers, answers and money. No crash touches it.

Must never know a socket. A write is decided on what is there, and applied in one step.
"""

from dataclasses import dataclass, field

from tests.faults.checker.history import Final, Json
from tests.faults.model.bugs import Bug

KIM, SAM = "kim", "sam"
PRICE = 5000
STEPS = {"order.start": ("pending", "in_progress"), "order.deliver": ("in_progress", "delivered"),
         "order.close": ("delivered", "closed")}  # fmt: skip
OFFER_ENDS = {"offer.accept": "accepted", "offer.decline": "declined", "offer.withdraw": "withdrawn"}


class No(Exception):
    """A refusal, by its code."""


@dataclass
class Thread:
    """`lock` names the process that writes in it now."""

    name: str
    log: list[Json] = field(default_factory=list)
    state: str = "pending"
    version: int = 1
    price: int = PRICE
    offers: dict[str, Json] = field(default_factory=dict)
    left: bool = False
    sequence: int = 0
    lock: object = None

    @property
    def head(self) -> int:
        return int(self.log[-1]["seq"]) if self.log else 0

    def read(self, after: int, upto: int) -> list[Json]:
        return [entry for entry in self.log if after < entry["seq"] <= upto]


class Store:
    """Threads of kim, who buys, and sam, who sells."""

    def __init__(self, bugs: frozenset[Bug], threads: int) -> None:
        self.bugs = bugs
        self.answers: dict[tuple[str, str], Json] = {}
        self.postings: list[Json] = []
        self.time = 0
        self.entries = 0
        self.threads = {name: Thread(name) for name in (f"t{n}" for n in range(threads))}
        for name, thread in self.threads.items():
            parties = [{"user": KIM, "role": "buyer"}, {"user": SAM, "role": "seller"}]
            opened = {"kind": "thread.opened", "order": f"o-{name}", "parties": parties}
            held = {"kind": "payment.held", "amount": {"amount": PRICE}}
            self.append(thread, {"role": "host"}, [opened, held])

    # Deciding.

    def decide(self, thread: Thread, user: str, frame: Json) -> list[Json]:
        """The bodies that the command comes to; raises No."""
        kind = frame["type"]
        if thread.left and kind != "thread.leave" and Bug.CLOSE_NOT_FINAL not in self.bugs:
            raise No("thread_closed")
        if kind == "message.send":
            if thread.state == "delivered":
                raise No("chat_blocked")
            return [{"kind": "message", "text": frame["text"], "purpose": "chat"}]
        if kind == "thread.leave":
            if thread.left or thread.state != "closed":
                raise No("order_active")
            open_ones = [name for name, each in thread.offers.items() if each["state"] == "open"]
            role = "buyer" if user == KIM else "seller"
            left = [{"kind": "party.left", "role": role}, {"kind": "thread.closed", "cause": "left", "role": role}]
            return [{"kind": "offer.voided", "offer": name} for name in open_ones] + left
        return self._step(thread, frame) if kind in STEPS else self._offer(thread, frame)

    def _step(self, thread: Thread, frame: Json) -> list[Json]:
        begins, to = STEPS[frame["type"]]
        if thread.state != begins and Bug.EXPECT_NOT_CHECKED not in self.bugs:
            raise No("not_allowed")
        if thread.version != frame["expect"] and Bug.EXPECT_NOT_CHECKED not in self.bugs:
            raise No("version_conflict")
        changed = {"kind": "order.changed", "action": frame["type"][6:], "from": thread.state, "to": to}
        bodies: list[Json] = [changed | {"order_version": thread.version + 1, "deadlines": {}}]
        if to == "closed":
            bodies.append({"kind": "payment.released", "amount": {"amount": thread.price}})
        return bodies

    def _offer(self, thread: Thread, frame: Json) -> list[Json]:
        if thread.state in ("delivered", "closed"):
            raise No("not_allowed")
        if frame["type"] == "offer.make":
            return [{"kind": "offer.made", "offer": f"f-{frame['id']}", "price": {"amount": 100}}]
        offer = thread.offers.get(frame["offer"])
        if offer is None or offer["state"] != "open":
            raise No("offer_not_open")
        ended = {"kind": f"offer.{OFFER_ENDS[frame['type']]}", "offer": frame["offer"]}
        if frame["type"] != "offer.accept":
            return [ended]
        held = {"kind": "payment.held", "amount": {"amount": offer["price"]}}
        changed = {"kind": "order.changed", "action": "accept_offer", "from": thread.state, "to": thread.state}
        return [ended, held, changed | {"order_version": thread.version + 1, "deadlines": {}}]

    # Writing.

    def append(self, thread: Thread, by: Json, bodies: list[Json], command: str = "", first: int = 0) -> list[Json]:
        """Apply it; the command's own entry is the first that is not a voided offer. Returns the entries."""
        self.time += 1
        added = []
        for body in bodies:
            self.entries += 1
            seq = max(first, thread.head + 1)
            envelope = {"seq": seq, "entry": f"e{self.entries}", "version": 1, "at": f"{self.time:09}", "by": by}
            entry = envelope | body
            if command and body["kind"] != "offer.voided":
                entry["command"], command = command, ""
            thread.log.append(entry)
            self._move(thread, entry)
            added.append(entry)
        return added

    def _move(self, thread: Thread, entry: Json) -> None:
        kind = entry["kind"]
        if kind == "order.changed":
            thread.state, thread.version = entry["to"], entry["order_version"]
        elif kind == "offer.made":
            thread.offers[entry["offer"]] = {"state": "open", "price": entry["price"]["amount"]}
        elif kind in ("offer.accepted", "offer.declined", "offer.withdrawn", "offer.voided"):
            offer = thread.offers[entry["offer"]]
            offer["state"] = kind[6:].replace("voided", "void")
            thread.price += offer["price"] if kind == "offer.accepted" else 0
        elif kind == "party.left":
            thread.left = True
        elif kind == "payment.released":
            posting = {"order": f"o-{thread.name}", "kind": "released", "amount": entry["amount"]}
            self.postings += [posting, posting] if Bug.PAYS_TWICE in self.bugs else [posting]

    # Reading.

    def view(self, entry: Json, user: str) -> Json:
        """As this reader may see it."""
        shown = dict(entry)
        if entry["by"].get("user") != user and Bug.SHOWS_COMMANDS_TO_ALL not in self.bugs:
            shown.pop("command", None)
        return shown

    def snapshot(self, thread: Thread) -> Json:
        order = {"order": f"o-{thread.name}", "state": thread.state, "version": thread.version, "next": []}
        offers = [{"offer": k, "state": v["state"], "price": {"amount": v["price"]}} for k, v in thread.offers.items()]
        left = next((entry for entry in thread.log if entry["kind"] == "party.left"), None)
        follow_ups = 3
        since = [entry for entry in thread.log if thread.state == "closed"]
        ended = next((n for n, entry in enumerate(since) if entry.get("to") == "closed"), 0)
        for entry in since[ended:]:
            if entry["kind"] == "message":
                follow_ups = 3 if entry["by"]["role"] == "buyer" else follow_ups - 1
        return {
            "as_of": thread.head,
            "thread": thread.name,
            "order": order | {"price": {"amount": thread.price}},
            "offers": offers,
            "support": {"follow_ups_remaining": follow_ups if thread.state == "closed" else None},
            "closed": {"by": left["by"]} if left else None,
        }

    def final(self) -> Final:
        sums = sum(posting["amount"]["amount"] for posting in self.postings)
        return Final(
            {n: {u: [self.view(e, u) for e in t.log] for u in (KIM, SAM)} for n, t in self.threads.items()},
            {name: [self.snapshot(thread)] for name, thread in self.threads.items()},
            {SAM: {"balances": [{"amount": sums}], "postings": self.postings}},
        )
