"""A marketplace in this very process: kim buys, sam sells, mia moderates, odd is an outsider.

People act through the public services, in the words of the wire (protocol.md §6). Must never touch a row.
"""

import math
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

import pytest
from django.db import connection, connections

from chat import installation, people
from chat.actors import Actor, Standing
from chat.identity import HOST
from chat.refusals import Refused
from consumers.dispatch import SERVICES
from consumers.vocabulary import COMMANDS
from orders import clock, queries, services
from orders.commands import PlaceOrder
from settings import database

Said = dict[str, Any]

# What a person says who has nothing particular to say.
WORDS: dict[str, Said] = {
    "thread.leave": {"confirm": True},
    "message.send": {"text": "Hello"},
    "message.edit": {"text": "Good morning"},
    "message.report": {"reason": "It is rude."},
    "offer.make": {"title": "A banner", "price": {"amount": 2000, "currency": "EUR"}, "delivery_days": 2},
    "offer.request": {"text": "Could you do a banner, too?"},
    "order.deliver": {"note": "Here it is."},
    "order.request_revision": {"text": "Bigger, please."},
    "order.refuse_revision": {"reason": "It is as agreed."},
    "order.cancel": {"reason": "I am ill."},
    "proposal.make": {"reason": "I had another idea."},
    "claim.file": {"reason": "We cannot agree."},
    "support.open": {"text": "It does not print."},
    "review.write": {"rating": 5, "text": "A splendid logo"},
    "review.reply": {"text": "Thank you!"},
    "review.contest": {"ground": "abuse", "text": "It calls me names."},
    "moderation.watch": {"reason": "a complaint by phone"},
    "moderation.note": {"text": "Seen before."},
    "moderation.freeze": {"reason": "a claim to look into"},
    "moderation.resolve": {"reason": "both were heard"},
    "moderation.reject_claim": {"reason": "there is nothing in it"},
    "moderation.rule_review": {"reason": "it breaks no rule of ours"},
}

# Who does what to bring a placed order there; a number is a wait in seconds.
ROADS: dict[str, tuple[tuple[str, str] | int, ...]] = {
    "pending": (),
    "in_progress": (("sam", "order.start"),),
    "late": (("sam", "order.start"), 3 * 86400 + 1),
    "delivered": (("sam", "order.start"), ("sam", "order.deliver")),
    "frozen": (("sam", "order.start"), ("mia", "moderation.freeze")),
    "cancelled": (("sam", "order.decline"),),
    "expired": (("sam", "order.start"), 160 * 86400),
}
ROADS["revision_requested"] = (*ROADS["delivered"], ("kim", "order.request_revision"))
ROADS["revision_refused"] = (*ROADS["revision_requested"], ("sam", "order.refuse_revision"))
ROADS["closed"] = (*ROADS["delivered"], ("kim", "order.close"))


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

    def __init__(self, placed: Said, kim: Actor, sam: Actor, mia: Actor, odd: Actor) -> None:
        self.order, self.thread = str(placed["order"]), str(placed["thread"])
        self.kim, self.sam, self.mia, self.odd = (Person(actor, self) for actor in (kim, sam, mia, odd))

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
        return Deal(placed, self.kim.actor, self.sam.actor, self.mia.actor, self.odd.actor)

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
    names = {who: f"{who}-{uuid.uuid4().hex[:8]}" for who in ("kim", "sam", "mia", "odd")}
    for who, user in names.items():
        role = "moderator" if who == "mia" else ""
        people.put(user, name=who.title(), email=f"{user}@example.com", locale="", role=role)
    actors = [Actor(user, Standing.MODERATOR if who == "mia" else Standing.USER) for who, user in names.items()]
    return Deal(place(names["kim"], names["sam"], **changed), *actors)


def briefly(entry: Said) -> str:
    """An entry as a person would note it down."""
    kind, role = entry["kind"], entry["by"]["role"]
    if kind == "order.changed":
        return f"{role}: {entry['action']}, {entry['from']} → {entry['to']}"
    if kind.startswith("payment."):
        return f"{kind} {entry['amount']['amount']}"
    return f"{role}: {entry['text']}" if kind == "message" else kind


# Time.


def now() -> datetime:
    return installation.now()


def passes(**span: float) -> None:
    """So much time passes, and the clock has acted: `passes(days=7)`."""
    clock.advance(math.ceil(timedelta(**span).total_seconds()))


def until(at: datetime) -> None:
    """Time passes until this instant, to within a second after it."""
    passes(seconds=(at - now()).total_seconds())


def just_before(at: datetime) -> None:
    """Time passes until one or two seconds before this instant."""
    # What others' orders owe by then is settled first, lest it takes those seconds.
    while (left := (at - now()).total_seconds()) > 2:
        clock.advance(math.floor(left - (1 if left < 4000 else 3600)))


def unnoticed(**span: float) -> None:
    """So much time passes, but the clock has not been round yet."""
    installation.move_clock(math.ceil(timedelta(**span).total_seconds()))


def instant(text: str) -> datetime:
    """A time of the wire."""
    return datetime.fromisoformat(text)


# Money, as the database itself has it.


def balances(order: str = "") -> dict[str, int]:
    """What lies in each account by the transfers of one order, or of all; accounts without their users' names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT debit, credit, amount FROM orders_transfer WHERE %s IN ('', order_id)", [order])
        rows = cursor.fetchall()
    sums: dict[str, int] = {}
    for debit, credit, amount in rows:
        for account, signed in ((debit, -amount), (credit, amount)):
            name = account.split(":")[0] if order else account
            sums[name] = sums.get(name, 0) + signed
    return sums


@contextmanager
def elsewhere(url: str) -> Iterator[None]:
    """Lead this process to another database of its stack, so that time may pass there."""
    default = connections.settings["default"]
    before = default["NAME"]
    connection.close()
    default["NAME"] = database(url)["NAME"]
    try:
        yield
    finally:
        connection.close()
        default["NAME"] = before
