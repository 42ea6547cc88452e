"""What a job of kind `notice` brings a person, and whom it brings nothing."""

import logging
import uuid
from typing import Any

import pytest

from chat import people
from notices import preferences
from notices.delivery import deliver
from notices.kinds import Switch
from notices.once import key_of
from tests.market import Deal, Person
from tests.notices.conftest import Outbox


def job(person: Person, notice: str, **facts: Any) -> dict[str, Any]:
    deal = person.deal
    told = {"user": person.user, "notice": notice, "thread": deal.thread, "order": deal.order, "facts": facts}
    return {**told, "key": str(uuid.uuid4())}


def waiting(person: Person, count: int = 2) -> dict[str, Any]:
    threads = [{"thread": person.deal.thread, "title": "not this title", "other": "nor this name", "count": count}]
    return job(person, "messages.waiting", threads=threads)


def test_kim_gets_the_letter_in_her_language_with_a_link_to_the_thread(deal: Deal, outbox: Outbox) -> None:
    people.put(deal.kim.user, name="Kim", email="kim@example.com", locale="fr-FR", role="")
    deliver(job(deal.kim, "order.delivered", deadlines={"auto_close_at": "2026-12-01T10:00:00.000Z"}))
    (letter,) = outbox
    assert letter.to == ["kim@example.com"]
    assert letter.subject == "Livraison\N{NO-BREAK SPACE}: A logo"
    assert "Sam a livré" in letter.body
    assert f"https://orders.example/t/{deal.thread}" in letter.body
    (html,) = letter.alternatives
    assert html.mimetype == "text/html"
    assert f'href="https://orders.example/t/{deal.thread}"' in str(html.content)
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_sam_and_kim_are_each_told_their_side_of_an_order(deal: Deal, outbox: Outbox) -> None:
    deliver(job(deal.sam, "thread.opened"))
    deliver(job(deal.kim, "order.placed"))
    deliver(job(deal.sam, "order.changed", action="withdraw"))
    assert [letter.subject for letter in outbox] == [
        "New order: A logo",
        "Your order: A logo",
        "Order withdrawn: A logo",
    ]


def test_a_job_that_is_run_again_sends_nothing_twice(deal: Deal, outbox: Outbox) -> None:
    told = job(deal.kim, "order.started")
    deliver(told)
    deliver(told)
    assert len(outbox) == 1
    deliver({**told, "key": "another of the same words"})
    assert len(outbox) == 2
    ids = [letter.extra_headers["Message-ID"] for letter in outbox]
    assert ids[0] == f"<{key_of(told)}@orders.example>" != ids[1]


def test_the_suspended_the_erased_outsiders_and_people_without_an_address_get_none(deal: Deal, outbox: Outbox) -> None:
    deliver(job(deal.kim, "order.started"))
    assert len(outbox) == 1
    people.suspend(deal.kim.user, "a test")
    deliver(job(deal.kim, "order.started"))
    people.reinstate(deal.kim.user, "a test")
    people.put(deal.kim.user, name="Kim", email="", locale="", role="")
    deliver(job(deal.kim, "order.started"))
    deliver(job(deal.odd, "order.started"))
    deliver(job(deal.mia, "order.started"))
    deliver({**job(deal.kim, "order.started"), "user": "nobody-at-all"})
    assert len(outbox) == 1


def test_the_one_who_acted_is_not_told_of_it(deal: Deal, outbox: Outbox) -> None:
    deliver(job(deal.sam, "order.started"))
    assert outbox == []
    deliver(job(deal.kim, "order.started"))
    assert len(outbox) == 1


def test_a_notice_that_has_no_letter_is_logged_not_failed(
    deal: Deal, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "notices"):
        deliver(job(deal.kim, "payment.held"))
        assert caplog.records == []
        deliver(job(deal.kim, "order.teleported"))
    assert "order.teleported" in caplog.text
    assert outbox == []


def test_waiting_messages_are_counted_never_quoted(deal: Deal, outbox: Outbox) -> None:
    deal.sam.does("message.send", text="my number is +33 6 12 34 56 78")
    deal.sam.does("message.send", text="and a second one")
    deliver(waiting(deal.kim))
    (letter,) = outbox
    said = letter.subject + str(letter.body) + str(letter.alternatives)
    assert "“A logo”: 2 new messages from Sam" in letter.body
    for never in ("+33", "second one", "not this title", "nor this name"):
        assert never not in said


def test_nobody_is_told_of_messages_in_threads_that_are_not_theirs(deal: Deal, outbox: Outbox) -> None:
    deliver(waiting(deal.odd))
    deliver(waiting(deal.kim, count=0))
    assert outbox == []
    deliver(waiting(deal.kim, count=1))
    assert "1 new message from Sam" in outbox[0].body


def test_kim_switches_waiting_messages_off_and_still_hears_of_her_order(deal: Deal, outbox: Outbox) -> None:
    deliver(waiting(deal.kim))
    link = preferences.link(deal.kim.user, Switch.MESSAGES)
    assert outbox[0].extra_headers["List-Unsubscribe"] == f"<{link}>"
    assert outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    preferences.turn(deal.kim.user, Switch.MESSAGES, off=True)
    deliver(waiting(deal.kim, count=3))
    deliver(job(deal.kim, "reminder.review_until"))
    deliver(job(deal.kim, "order.closed"))
    assert [letter.subject for letter in outbox[1:]] == ["How was it? Leave a review: A logo", "Order closed: A logo"]
    assert "List-Unsubscribe" not in outbox[2].extra_headers
    preferences.turn(deal.kim.user, Switch.MESSAGES, off=False)
    deliver(waiting(deal.kim, count=4))
    assert len(outbox) == 4


def test_an_address_that_is_none_is_given_up(deal: Deal, outbox: Outbox, caplog: pytest.LogCaptureFixture) -> None:
    people.put(deal.kim.user, name="Kim", email="kim@x\ny", locale="", role="")
    deliver(job(deal.kim, "order.started"))
    assert outbox == []
    assert "cannot be written to" in caplog.text
    assert "kim@x" not in caplog.text
