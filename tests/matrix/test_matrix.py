"""Every state × role × command, over the socket and over HTTP: what happens is what the tables of domain.md say.

The tables are tests/rules/expected.py, written by hand. People and their orders are arranged in this process, on the
database of a server of its own; the commands go through its doors.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from chat.identity import issue_token
from orders.capabilities import COMMANDS
from tests.habits import WORDS
from tests.market import Deal, Person, Said, elsewhere, meet
from tests.matrix.conftest import counted
from tests.matrix.doors import Door, both
from tests.orders.situations import arrange
from tests.orders.targets import Facts, best
from tests.profiles import catching
from tests.rules.codes import MODES
from tests.rules.reading import wanted as by_tables
from tests.services.server import Server
from tests.stack import Stack

ORDER, THREAD = by_tables("order"), by_tables("thread")
DOORS = ("socket", "http")
ROLES = {"kim": "buyer", "sam": "seller", "mia": "moderator"}
# State → how it is come to with as much lying about as can be. Those that need time come first: it passes for all.
STATES = {
    "expired": "in_progress proposed then-expired",
    "late": "late proposed claimed",
    "pending": "proposed claimed",
    "in_progress": "in_progress proposed claimed",
    "delivered": "in_progress proposed claimed then-delivered",
    "revision_requested": "revision_requested proposed claimed",
    "revision_refused": "revision_refused proposed claimed",
    "frozen": "in_progress proposed claimed then-frozen",
    "closed": "closed supported reviewed",
    "cancelled": "cancelled",
    "left": "closed supported reviewed left",
}


@dataclass
class Place:
    """A server, its doors, and the people's tokens."""

    doors: dict[str, Door]
    tokens: dict[str, str] = field(default_factory=dict)

    def says(self, door: str, person: Person, commands: list[Said]) -> list[str]:
        if person.user not in self.tokens:
            self.tokens[person.user] = issue_token(person.user)[0]
        return self.doors[door].ask(self.tokens[person.user], commands)


@pytest.fixture(scope="module")
def place(stack: Stack) -> Iterator[Place]:
    url = stack.new_database()
    server = Server(stack.log("matrix"), workers=stack.workers, env={"DATABASE_URL": url})
    try:
        server.start()
        with elsewhere(url), both(server) as doors:
            yield Place(doors)
    finally:
        server.terminate()


def arranged(state: str, again: Callable[[], Deal]) -> Deal:
    deal = again()
    for person in (deal.kim, deal.sam):
        person.does("message.send")
    with catching("iban=hold"):
        deal.kim.does("message.send", text="DE89 3704 0044 0532 0130 00")
    for _ in range(2):
        deal.sam.does("offer.make", expires_in_s=86400 * 90)
    arrange(deal, STATES[state])
    deal.mia.does("moderation.watch")
    return deal


def frame(person: Person, capability: str, facts: Facts) -> Said:
    command, said = best(person, capability, facts)
    return {"type": command, "id": str(uuid.uuid4()), "thread": person.deal.thread, **WORDS.get(command, {}), **said}


def expected(person: Person, role: str, state: str) -> dict[str, str]:
    """`ok` or the code for every command, by the tables; where these let it through, it may lack something else."""
    can = person.may()
    said = dict.fromkeys(can["allowed"], "ok") | {name: why["code"] for name, why in can["refused"].items()}
    for name in COMMANDS:
        by_table = told_by_tables(ROWS.get(name, name), role, state)
        assert by_table in (None, said.setdefault(name, "wrong_role")), (name, role, state)
        counted["refused by the tables" if by_table else "let through by the tables"] += 1
    return said


def told_by_tables(action: str, role: str, state: str) -> str | None:
    """The code of the refusal; None where the tables let it through. What is never for a role is told first."""
    order, mode = ("closed", "left") if state == "left" else (state, MODES[state])
    if (action, mode, role) in THREAD:
        answers = [THREAD[action, mode, role]]
    else:
        answers = [ORDER[action, order, role]]
        if answers != ["wrong_role"] and role != "moderator":
            answers.insert(0, THREAD["review" if action.startswith("review.") else "trade", mode, role])
    return next((answer for answer in answers if isinstance(answer, str)), None)


# Commands that have a row for each kind or outcome: the widest speaks for them.
ROWS = {"proposal.accept": "proposal.accept:refund", "moderation.resolve": "moderation.resolve:pay"}


@pytest.mark.parametrize("state", STATES)
def test_over_both_doors_everybody_may_exactly_what_the_tables_say(place: Place, state: str) -> None:
    people = meet()
    deal = arranged(state, people.again)
    head, facts, arrived = deal.head(), Facts.of(deal), stands(Facts.of(deal))
    takes: list[tuple[str, str]] = []
    for who, role in ROLES.items():
        person: Person = getattr(deal, who)
        wanted = expected(person, role, state)
        refused = [name for name in COMMANDS if wanted[name] != "ok"]
        takes += [(who, name) for name in COMMANDS if wanted[name] == "ok"]
        for door in DOORS:
            tried = over(door, refused, wanted)
            outcomes = place.says(door, person, [frame(person, name, facts) for name in tried])
            for name, outcome in zip(tried, outcomes, strict=True):
                counted[f"refused over {door}"] += 1
                # Where there is no target at all, only a command about nothing can be tried.
                assert outcome in (wanted[name], "not_found"), (door, who, name, wanted[name], outcome)
    assert deal.head() == head
    for turn, (who, name) in enumerate(takes):
        facts = Facts.of(deal)
        if stands(facts) != arrived or name not in getattr(deal, who).may()["allowed"]:
            # Something taken before has led on, or has used up what this is about.
            deal = arranged(state, people.again)
            facts = Facts.of(deal)
        person = getattr(deal, who)
        taken = frame(person, name, open_only(facts))
        # The one door takes it, and the other gives the same answer.
        for door in DOORS[:: 1 if turn % 2 else -1]:
            counted[f"taken over {door}"] += 1
            assert place.says(door, person, [taken]) == ["ok"], (door, who, name)


def over(door: str, refused: list[str], wanted: dict[str, str]) -> list[str]:
    """All; but what is never for a role, whatever the state, is tried over the one door or the other."""
    mine = DOORS.index(door)
    return [name for turn, name in enumerate(refused) if wanted[name] != "wrong_role" or turn % 2 == mine]


def open_only(facts: Facts) -> Facts:
    """Without what has had its end."""
    gone = {entry["target"] for entry in facts.log if entry["kind"] == "message.redacted"}
    facts.log = [entry for entry in facts.log if entry["seq"] not in gone]
    for there in (facts.snapshot, facts.snapshot["support"]):
        for what in ("offers", "proposals", "claims", "items"):
            there[what] = [each for each in there.get(what, []) if each["state"] == "open"]
    return facts


def stands(facts: Facts) -> tuple[object, ...]:
    """What a command that leads on changes."""
    order = facts.snapshot["order"]
    return order["state"], order["late"], facts.snapshot["closed"] is None


@pytest.mark.parametrize("door", DOORS)
def test_over_each_door_an_outsider_finds_nothing(place: Place, door: str) -> None:
    deal = arranged("in_progress", meet)
    facts = Facts.of(deal)
    outcomes = place.says(door, deal.odd, [frame(deal.odd, name, facts) for name in COMMANDS])
    assert set(outcomes) == {"not_found"}
