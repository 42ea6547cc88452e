"""A life of five months and the half year after it, told by every reminder and notice that kim and sam get."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.letters import delivered, letters
from tests.market import Deal, elsewhere, meet, now, until
from tests.stack import Stack

# Written by hand from domain.md. Kim pays on the first of March at noon; five months end on the first of August.
LETTERS = """
03-01 12:00 kim order.placed
03-01 12:00 sam order.placed
03-01 12:15 sam messages.waiting
03-02 12:00 sam reminder.start_by
03-03 08:00 sam reminder.start_by
03-03 10:00 kim order.started
03-03 11:00 sam proposal.made
03-04 11:00 sam reminder.cancellation_expires_at
03-05 07:00 sam reminder.cancellation_expires_at
03-05 10:00 sam reminder.deliver_by
03-05 11:00 kim proposal.expired
03-05 11:00 sam proposal.expired
03-05 12:00 kim proposal.made
03-05 13:00 sam proposal.accepted
03-09 10:00 sam reminder.deliver_by
03-10 09:00 kim order.delivered
03-13 09:00 kim reminder.auto_close_at
03-15 09:00 kim reminder.auto_close_at
03-15 12:00 kim order.frozen
03-15 12:00 sam claim.filed
03-15 12:00 sam order.frozen
03-25 12:00 kim dispute.resolved
03-25 12:00 sam dispute.resolved
03-26 09:00 kim reminder.auto_close_at
03-26 12:00 sam order.revision_requested
03-27 12:00 sam reminder.answer_by
03-28 08:00 sam reminder.answer_by
03-28 12:00 kim overdue.answer_by
03-28 12:00 sam overdue.answer_by
04-02 12:00 kim offer.made
04-08 12:00 kim reminder.offer_expires_at
04-09 12:00 kim offer.expired
04-09 12:00 sam offer.expired
07-18 12:00 kim reminder.expires_at
07-18 12:00 sam reminder.expires_at
07-29 12:00 kim reminder.expires_at
07-29 12:00 sam reminder.expires_at
07-30 12:00 kim order.revision_refused
07-31 12:00 sam order.closed
08-03 12:00 kim reminder.review_until
08-30 12:00 kim reminder.review_until
09-01 12:00 kim party.left
01-17 12:00 kim reminder.review_until
"""


@pytest.fixture
def year(stack: Stack) -> Iterator[int]:
    """A place of its own, on the first of March, at noon."""
    with elsewhere(stack.new_database()), delivered():
        at = now()
        year = at.year + (at > datetime(at.year, 3, 1, 12, tzinfo=UTC))
        until(datetime(year, 3, 1, 12, tzinfo=UTC))
        yield year


def live(deal: Deal, year: int) -> None:
    """Kim and sam, and mia once: what they do, and when. The clock does the rest."""
    kim, sam, mia = deal.kim, deal.sam, deal.mia

    def on(day: str) -> None:
        month = int(day[:2])
        until(datetime.fromisoformat(f"{year if month > 2 else year + 1}-{day}:00+00:00"))

    kim.does("message.send", text="Could it be green?")
    on("03-01 13:00")
    kim.does("message.send", text="Or blue?")
    on("03-01 13:05")
    sam.does("thread.read", seq=deal.head())
    on("03-03 10:00")
    sam.does("order.start")
    on("03-03 11:00")
    kim.does("proposal.make", kind="cancellation")
    on("03-05 12:00")
    later = sam.does("proposal.make", kind="extension", deliver_by=f"{year}-03-10T10:00:00.000Z")
    on("03-05 13:00")
    kim.does("proposal.accept", proposal=later["proposal"])
    on("03-10 09:00")
    sam.does("order.deliver")
    on("03-15 12:00")
    kim.does("claim.file")
    mia.does("moderation.freeze")
    on("03-25 12:00")
    mia.does("moderation.resolve", outcome="unfreeze")
    on("03-26 12:00")
    kim.does("order.request_revision")
    on("04-02 12:00")
    sam.does("offer.make")
    on("07-30 12:00")
    sam.does("order.refuse_revision")
    on("07-31 12:00")
    kim.does("order.close")
    on("09-01 12:00")
    sam.does("thread.leave")
    on("02-20 12:00")


def test_every_warning_and_notice_of_a_long_life_comes_at_its_time_and_no_other_does(year: int) -> None:
    deal = meet()
    live(deal, year)
    got = [f"{letter.at:%m-%d %H:%M} {letter.who} {letter.notice}" for letter in letters(deal)]
    by_minute = sorted(got, key=lambda line: (line[:2] < "03", line))
    assert by_minute == LETTERS.strip().splitlines()
