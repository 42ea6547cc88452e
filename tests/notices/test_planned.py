"""What is planned is delivered: each notice that the trade leads to has its letter, and jobs bring it."""

from chat import jobs
from chat.rules import PARTIES, Role
from notices.kinds import NOTICES, SILENT, named
from notices.words import WORDS
from orders import notices as planned
from orders.policy import Policy
from orders.reminders import table
from tests.market import Deal, passes
from tests.notices.conftest import Outbox


def test_every_notice_that_is_planned_has_a_letter_for_whom_it_is_planned() -> None:
    wanted = {notice for notice, _ in planned.NOTICES.values()}
    warned = {f"reminder.{deadline}": warns.to for deadline, warns in table(Policy()).items()}
    overdue = {f"overdue.{deadline}": PARTIES for deadline, warns in table(Policy()).items() if warns.over}
    assert {notice for notice in wanted if notice not in NOTICES} <= set(SILENT)
    for notice, roles in (warned | overdue).items():
        assert set(roles) <= set(WORDS[named(notice, {})]), notice
    for notice, to in planned.NOTICES.values():
        if to is planned.To.BOTH:
            assert set(WORDS[notice]) == {Role.BUYER, Role.SELLER}, notice


def letters(outbox: Outbox, deal: Deal) -> list[str]:
    """Who got what, in order."""
    who = {f"{person.user}@example.com": name for name, person in (("kim", deal.kim), ("sam", deal.sam))}
    return [f"{who[letter.to[0]]}: {letter.subject}" for letter in outbox if letter.to[0] in who]


def test_an_order_brings_its_letters_once_each(post: None, deal: Deal, outbox: Outbox) -> None:
    deal.sam.does("order.start")
    deal.kim.does("message.send", text="my number is +33 6 12 34 56 78")
    passes(hours=2)
    deal.sam.does("order.deliver", note="see drive.example")
    passes(days=8)
    passes(days=4)
    jobs.run_due()
    assert letters(outbox, deal) == [
        "kim: Your order: A logo",
        "sam: New order: A logo",
        "kim: Sam has started: A logo",
        "sam: New messages while you were away",
        "kim: Delivered: A logo",
        "kim: Please check the delivery: A logo",
        "kim: Please check the delivery: A logo",
        "kim: Please check the delivery: A logo",
        "kim: Order closed: A logo",
        "sam: Order closed: A logo",
        "kim: How was it? Leave a review: A logo",
    ]
    ids = [letter.extra_headers["Message-ID"] for letter in outbox]
    assert len(set(ids)) == len(ids)
    assert "+33" not in "".join(str(letter.message()) for letter in outbox)
    assert "drive.example" not in "".join(letter.body for letter in outbox)
