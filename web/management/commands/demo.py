"""`manage.py demo`: the demo's people and a few orders in different states, told through the same road as everything.

Must never write a row itself, nor run twice: what is there is left alone.
"""

import uuid
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chat import people
from chat.actors import Actor, Standing
from consumers.dispatch import SERVICES
from consumers.vocabulary import COMMANDS
from orders.commands import PlaceOrder
from orders.services import place
from web.people import PEOPLE

HOST = Actor("", Standing.HOST)
EUR = "EUR"


class Story:
    """One order, and what its two people do in it."""

    def __init__(self, title: str, amount: int, days: int) -> None:
        placed = PlaceOrder.model_validate(
            {
                "buyer": "kim",
                "seller": "sam",
                "title": title,
                "price": {"amount": amount, "currency": EUR},
                "delivery_days": days,
                "payment_reference": "demo",
            }
        )
        self.thread = place(HOST, placed, f"demo {title}")["thread"]
        self.version = 1

    def tell(self, who: str, kind: str, **fields: Any) -> dict[str, Any]:
        if kind.startswith("order."):
            fields["expect"] = self.version
        said = {"type": kind, "id": str(uuid.uuid4()), "thread": self.thread, **fields}
        command = COMMANDS[kind].model_validate(said)
        reply = SERVICES[kind](Actor(who, Standing.USER), command)
        self.version = reply.get("order_version", self.version)
        return reply

    def kim(self, text: str) -> None:
        self.tell("kim", "message.send", text=text)

    def sam(self, text: str, **fields: Any) -> None:
        self.tell("sam", "message.send", text=text, **fields)


class Command(BaseCommand):
    help = "Fill an empty database with the demo's people and orders."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only with DEMO=1: these people sign in without a password.")
        if people.find("kim") is not None:
            return
        for person in PEOPLE.values():
            email = f"{person.user}@example.com"
            people.put(person.user, name=person.name, email=email, locale="en", role=person.role)
        closed()
        delivered()
        running()
        pending()


def closed() -> None:
    story = Story("Logo for a bakery", 12_000, 5)
    story.sam("Thank you for your order! Which colours does the shop have?")
    story.kim("Warm ones: the awning is dark red, the counter is oak.")
    story.tell("sam", "order.start")
    story.sam("First sketches are on the way.")
    story.tell("sam", "order.deliver", note="Logo as SVG and PNG, in colour and in one colour.")
    story.tell("kim", "order.close")
    story.kim("It is on the awning already. Thank you!")
    story.sam("How does the one-colour version print on the bags?", purpose="check_in")
    story.tell(
        "sam",
        "offer.make",
        title="Business cards to match",
        description="Two sides, print-ready, for up to four people.",
        price={"amount": 4_500, "currency": EUR},
        delivery_days=3,
        revisions=2,
    )


def delivered() -> None:
    story = Story("Voice-over, 60 seconds", 8_000, 2)
    story.tell("sam", "order.start")
    story.kim("Friendly, not too fast please.")
    story.tell("sam", "order.deliver", note="Two takes: one calm, one lively.")


def running() -> None:
    story = Story("Product photos, ten items", 25_000, 7)
    story.kim("The parcel with the mugs left today.")
    story.tell("sam", "order.start")
    story.sam("It is here, nothing broken. White background for all ten?")
    story.kim("Yes, and one with the shelf in it.")


def pending() -> None:
    story = Story("Menu translation, EN to FR", 6_000, 3)
    story.kim("Two pages. The dish names may stay as they are.")
