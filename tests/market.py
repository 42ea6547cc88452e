"""A marketplace in this very process: kim buys, sam sells, mia and max moderate, lea leads them,
odd is an outsider.

People act through the public services, in the words of the wire (protocol.md §6). Must never touch a row.
"""

import uuid
from dataclasses import dataclass
from typing import Any, Self

import pytest

from chat import people
from chat.actors import Actor
from chat.identity import HOST
from chat.refusals import Refused
from consumers.dispatch import SERVICES
from consumers.vocabulary import COMMANDS
from orders import queries, services
from orders.commands import PlaceOrder
from tests.books import balances, elsewhere
from tests.habits import ROADS, STAFF, WORDS, Said
from tests.times import instant, just_before, now, passes, strikes, unnoticed, until

# All that a test of people needs, from here.
__all__ = [
    "ROADS", "Deal", "Person", "Said", "balances", "briefly", "elsewhere", "instant", "just_before", "meet", "now",
    "passes", "place", "strikes", "unnoticed", "until",
]  # fmt: skip


@dataclass
class Person:
    """Somebody and the deal that is spoken of."""

    actor: Actor
    deal: "Deal"

    @property
    def user(self) -> str:
        return self.actor.user

    def does(self, type: str, *, id: str | None = None, **said: Any) -> Said:
        """Have a command done and return its reply. Raises Refused."""
        frame = {"type": type, "id": id or str(uuid.uuid4()), "thread": self.deal.thread, **WORDS.get(type, {}), **said}
        if "expect" in COMMANDS[type].model_fields and "expect" not in frame:
            frame["expect"] = self.deal.seen()["version"]
        return SERVICES[type](self.actor, COMMANDS[type].model_validate(frame))

    def refused(self, type: str, **said: Any) -> Refused:
        """Have a command refused."""
        with pytest.raises(Refused) as caught:
            self.does(type, **said)
        return caught.value

    def reads(self, after: int = 0) -> list[Said]:
        """The log as this person reads it."""
        entries: list[Said] = []
        while True:
            page = self.does("thread.history", after=entries[-1]["seq"] if entries else after, limit=100)
            entries += page["entries"]
            if page["complete"]:
                return entries

    def sees(self) -> Said:
        return self.does("thread.snapshot")

    def may(self) -> Said:
        return queries.capabilities(self.actor, self.deal.thread)[0]

    def lists(self) -> Said:
        """The thread's row in this person's list."""
        return next(row for row in self.does("thread.list")["rows"] if row["thread"] == self.deal.thread)


class Deal:
    """One order, its thread, and everybody around it."""

    def __init__(self, placed: Said, *people: Actor) -> None:
        self.order, self.thread = str(placed["order"]), str(placed["thread"])
        self.people = people
        self.kim, self.sam, self.mia, self.odd, self.max, self.lea = (Person(actor, self) for actor in people)

    def to(self, state: str) -> Self:
        """Take the road from a placed order to this state."""
        for step in ROADS[state]:
            if isinstance(step, int):
                passes(seconds=step)
            else:
                getattr(self, step[0]).does(step[1])
        return self

    def seen(self) -> Said:
        """The order as the host sees it."""
        seen: Said = queries.order(self.order)["order"]
        return seen

    def log(self, after: int = 0) -> list[Said]:
        """The whole log as it was written."""
        entries: list[Said] = queries.transcript(HOST, self.thread)["entries"]
        return entries[after:]

    def kinds(self, after: int = 0) -> list[str]:
        return [entry["kind"] for entry in self.log(after)]

    def story(self, after: int = 0) -> list[str]:
        """The log in a few words each."""
        return [briefly(entry) for entry in self.log(after)]

    def head(self) -> int:
        return len(self.log())

    def at(self, placed: Said) -> "Deal":
        """The same people around another order."""
        return Deal(placed, *self.people)

    def again(self, **changed: Any) -> "Deal":
        """One more order of the same two."""
        return self.at(place(self.kim.user, self.sam.user, **changed))


def place(buyer: str, seller: str, *, key: str | None = None, **changed: Any) -> Said:
    """The host's word that kim has paid sam."""
    order: Said = {"buyer": buyer, "seller": seller, "title": "A logo", "price": {"amount": 5000, "currency": "EUR"}}
    order |= {"delivery_days": 3, "payment_reference": "pay-1"} | changed
    return services.place(HOST, PlaceOrder.model_validate(order), key or str(uuid.uuid4()))


def meet(**changed: Any) -> Deal:
    """A deal between people who were never here before."""
    names = {who: f"{who}-{uuid.uuid4().hex[:8]}" for who in ("kim", "sam", "mia", "odd", "max", "lea")}
    for who, user in names.items():
        people.put(user, name=who.title(), email=f"{user}@example.com", locale="", role=STAFF.get(who, ""))
    actors = [people.actor_of(user, STAFF.get(who, "")) for who, user in names.items()]
    return Deal(place(names["kim"], names["sam"], **changed), *actors)


def briefly(entry: Said) -> str:
    """An entry as a person would note it down."""
    kind, role = entry["kind"], entry["by"]["role"]
    if kind == "order.changed":
        return f"{role}: {entry['action']}, {entry['from']} → {entry['to']}"
    if kind.startswith("payment."):
        return f"{kind} {entry['amount']['amount']}"
    return f"{role}: {entry['text']}" if kind == "message" else kind
