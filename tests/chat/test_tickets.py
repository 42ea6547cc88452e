"""A ticket opens one socket, once, for 30 seconds, from one page (protocol.md §3)."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from chat import identity, people, tickets
from chat.actors import Actor, Standing
from chat.models import Ticket
from chat.refusals import Refused
from tests.stack import Stack

ORIGIN = "https://market.example"
KIM = Actor("ticket-kim", Standing.USER, "Kim")


@pytest.fixture(autouse=True)
def _kim(stack: Stack) -> None:
    people.put(KIM.user, name="Kim", email="kim@example.com", locale="", role="")
    people.reinstate(KIM.user, "a test")


def issue(actor: Actor = KIM, origin: str = ORIGIN, lasts: float = 900) -> str:
    return tickets.issue(actor, time.time() + lasts, origin)


def refusal(ticket: str, origin: str = ORIGIN) -> str:
    with pytest.raises(Refused) as refused:
        identity.by_ticket(ticket, origin)
    return refused.value.code


def test_a_ticket_is_good_once() -> None:
    ticket = issue()
    credential = identity.by_ticket(ticket, ORIGIN)
    assert credential.actor == KIM
    assert 890 < credential.expires - time.time() <= 900
    assert refusal(ticket) == "unauthenticated"


def test_a_moderator_s_ticket_is_a_moderator_s() -> None:
    mia = Actor("ticket-mia", Standing.MODERATOR, "Mia")
    assert identity.by_ticket(issue(mia), ORIGIN).actor == mia


@pytest.mark.parametrize(
    "origin", ["", "https://evil.example", "https://market.example:8443", "HTTPS://MARKET.EXAMPLE"]
)
def test_a_ticket_seen_by_another_page_is_worthless_and_spent(origin: str) -> None:
    ticket = issue()
    assert refusal(ticket, origin) == "unauthenticated"
    assert refusal(ticket, ORIGIN) == "unauthenticated"


def test_an_app_s_ticket_is_no_page_s() -> None:
    ticket = issue(origin="")
    assert refusal(ticket, ORIGIN) == "unauthenticated"
    assert identity.by_ticket(issue(origin=""), "").actor == KIM


def test_a_ticket_is_old_after_30_seconds() -> None:
    ticket = issue()
    Ticket.objects.update(expires_at=datetime.now(UTC) - timedelta(milliseconds=1))
    assert refusal(ticket) == "auth_expired"
    assert refusal(ticket) == "unauthenticated"


def test_old_tickets_are_swept_away_with_the_next_one() -> None:
    issue()
    Ticket.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    issue()
    assert Ticket.objects.count() == 1


def test_a_ticket_never_outlives_the_token_it_was_bought_with() -> None:
    ticket = issue(lasts=-1)
    assert refusal(ticket) == "auth_expired"


@pytest.mark.parametrize(
    "stretched",
    [lambda t: t + "0", lambda t: t.rpartition(".")[0] + ".9999999999", lambda t: t[:0], lambda t: f"\ud800{t}"],
)
def test_a_ticket_cannot_be_changed(stretched: object) -> None:
    ticket = issue()
    assert refusal(stretched(ticket)) == "unauthenticated"  # type: ignore[operator]
    assert identity.by_ticket(ticket, ORIGIN).actor == KIM


def test_a_suspended_person_s_ticket_opens_nothing() -> None:
    ticket = issue()
    people.suspend(KIM.user, "a test")
    assert refusal(ticket) == "suspended"


def test_the_database_holds_no_ticket() -> None:
    ticket = issue()
    assert not Ticket.objects.filter(pk__contains=ticket[:20]).exists()


def test_of_eight_sockets_with_one_ticket_one_opens() -> None:
    opened: list[bool] = []

    def knock(ticket: str, start: threading.Barrier) -> None:
        start.wait()
        try:
            identity.by_ticket(ticket, ORIGIN)
            opened.append(True)
        except Refused:
            opened.append(False)
        finally:
            connection.close()

    for _ in range(10):
        ticket, start = issue(), threading.Barrier(8)
        opened.clear()
        knocks = [threading.Thread(target=knock, args=(ticket, start)) for _ in range(8)]
        for each in knocks:
            each.start()
        for each in knocks:
            each.join()
        assert sorted(opened) == [False] * 7 + [True]


def test_a_lead_s_ticket_is_a_lead_s() -> None:
    lea = people.actor_of("ticket-lea", "lead", "Lea")
    assert identity.by_ticket(issue(lea), ORIGIN).actor == lea
    assert lea != people.actor_of("ticket-lea", "moderator", "Lea")
