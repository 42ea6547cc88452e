"""`manage.py demo`: the demo's people and a few orders in different states, told through the same road as everything.

Must never write a row itself, nor run twice: what is there is left alone.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chat import deadletters, installation, people
from chat.actors import Actor, Standing
from consumers.dispatch import SERVICES
from consumers.vocabulary import COMMANDS
from orders.commands import PlaceOrder
from orders.services import place
from web.people import PEOPLE

HOST = Actor("", Standing.HOST)
EUR = "EUR"
MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


class Story:
    """One order, and what its two people do in it, told from `ago` seconds before now on."""

    def __init__(self, title: str, amount: int, days: int, *, ago: int) -> None:
        self.ago = 0
        self.goes_on(ago)
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

    def goes_on(self, ago: int) -> None:
        """What is told next happened so many seconds before now."""
        installation.move_clock(self.ago - ago)
        self.ago = ago

    def tell(self, who: str, kind: str, **fields: Any) -> dict[str, Any]:
        if kind.startswith("order."):
            fields["expect"] = self.version
        said = {"type": kind, "id": str(uuid.uuid4()), "thread": self.thread, **fields}
        command = COMMANDS[kind].model_validate(said)
        reply = SERVICES[kind](Actor(who, Standing.USER), command)
        self.version = reply.get("order_version", self.version)
        return reply

    def kim(self, text: str) -> dict[str, Any]:
        return self.says("kim", text)

    def sam(self, text: str, **fields: Any) -> dict[str, Any]:
        return self.says("sam", text, **fields)

    def says(self, who: str, text: str, **fields: Any) -> dict[str, Any]:
        """Whoever answers has read what came before."""
        said = self.tell(who, "message.send", text=text, **fields)
        if "seq" in said:
            self.tell(who, "thread.read", seq=said["seq"])
        return said


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
        with past():
            for story in (closed, late, running, delivered, pending):
                story().goes_on(0)
        # Nobody was there to be told of it.
        deadletters.lay_aside("notice")


@contextmanager
def past() -> Iterator[None]:
    """Trade time can be moved in this process for a while; every story has to bring it back to now."""
    environment = settings.ENV
    settings.ENV = environment.model_copy(update={"test_clock": True})
    try:
        yield
    finally:
        settings.ENV = environment


def closed() -> Story:
    story = Story("Logo for a bakery", 12_000, 5, ago=9 * DAY)
    story.goes_on(9 * DAY - 20 * MINUTE)
    story.sam("Thank you for your order! Which colours does the shop have?")
    story.goes_on(9 * DAY - 2 * HOUR)
    story.kim("Warm ones: the awning is dark red, the counter is oak.")
    story.tell("sam", "order.start")
    story.goes_on(7 * DAY)
    story.sam("First sketches are on the way.")
    story.goes_on(5 * DAY + 3 * HOUR)
    story.tell("sam", "order.deliver", note="Logo as SVG and PNG, in colour and in one colour.")
    story.goes_on(4 * DAY)
    story.tell("kim", "order.close")
    story.kim("It is on the awning already. Thank you!")
    story.goes_on(26 * MINUTE)
    story.sam("How does the one-colour version print on the bags?", purpose="check_in")
    story.goes_on(19 * MINUTE)
    story.tell(
        "sam",
        "offer.make",
        title="Business cards to match",
        description="Two sides, print-ready, for up to four people.",
        price={"amount": 4_500, "currency": EUR},
        delivery_days=3,
        revisions=2,
    )
    return story


def late() -> Story:
    story = Story("Flyer for the summer fair", 9_000, 2, ago=4 * DAY)
    story.goes_on(3 * DAY)
    story.tell("sam", "order.start")
    story.kim("The date has moved to the second Sunday.")
    story.goes_on(5 * HOUR)
    story.sam("Noted. I need one more day for the map, sorry.")
    story.tell("kim", "claim.file", reason="The fair is on Sunday, and it is late for the second time.")
    return story


def delivered() -> Story:
    story = Story("Voice-over, 60 seconds", 8_000, 2, ago=3 * DAY)
    story.goes_on(2 * DAY)
    story.tell("sam", "order.start")
    story.kim("Friendly, not too fast please.")
    story.goes_on(26 * HOUR)
    story.tell("sam", "order.deliver", note="Two takes: one calm, one lively.")
    return story


def running() -> Story:
    story = Story("Product photos, ten items", 25_000, 7, ago=4 * DAY)
    story.kim("The parcel with the mugs left today.")
    story.goes_on(3 * DAY)
    story.tell("sam", "order.start")
    story.sam("It is here, nothing broken. White background for all ten?")
    story.goes_on(3 * DAY - 40 * MINUTE)
    story.kim("Yes, and one with the shelf in it.")
    story.goes_on(3 * DAY - 55 * MINUTE)
    said = story.sam("Faster by phone next time: 0151 23456789. Then we can settle the rest between us.")
    story.tell("kim", "message.report", target=said["seq"], reason="He wants me to pay him outside.")
    return story


def pending() -> Story:
    story = Story("Menu translation, EN to FR", 6_000, 3, ago=80 * MINUTE)
    story.goes_on(75 * MINUTE)
    story.kim("Two pages. The dish names may stay as they are.")
    return story
