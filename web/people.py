"""The demo's people, as the landing page introduces them. Must never be offered outside the demo."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    user: str
    name: str
    role: str
    does: str
    hint: str


PEOPLE = {
    person.user: person
    for person in (
        Person("kim", "Kim", "", "buys", "Orders work, checks it, decides when an order is done."),
        Person("sam", "Sam", "", "sells", "Delivers, stays in touch afterwards, makes new offers."),
        Person("mia", "Mia", "moderator", "moderates", "Looks in with a recorded reason, helps when needed."),
        Person("max", "Max", "moderator", "moderates too", "Takes what Mia has not in hand."),
        Person("lea", "Lea", "lead", "leads them", "Rules on appeals, reads the whole record."),
    )
}
