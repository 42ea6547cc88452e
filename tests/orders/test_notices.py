"""Which notice goes to whom: the table is whole, and nothing but names, titles, times and numbers leaves a thread."""

import json
from collections.abc import Iterator

import pytest

import chat.entries
import orders.entries
from chat.entries import Body
from orders.notices import NONE, NOTICES
from orders.process import ORDER
from tests.letters import delivered, letters, told
from tests.market import Deal, passes

# Actions of the log that are no command's last word (protocol.md §7).
BESIDE = {
    "accept_offer", "accept_cancellation", "accept_extension", "freeze", "unfreeze",
    *(f"resolve_{outcome}" for outcome in ("refund", "split", "resume", "pay")),
}  # fmt: skip
SECRET = "the secret words"


@pytest.fixture
def post(trade: None) -> Iterator[None]:
    with delivered():
        yield


def kinds() -> set[str]:
    modules = (chat.entries, orders.entries)
    found = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
    return {each.kind for each in found if issubclass(each, Body) and hasattr(each, "kind")}


def test_the_table_speaks_of_every_kind_of_entry_and_every_action_of_an_order() -> None:
    steps = {row.action.removeprefix("order.") for row in ORDER.rows if row.to and "moderation" not in row.action}
    names = kinds() - {"order.changed"} | {f"order.changed:{action}" for action in steps | BESIDE}
    assert len(names) > 50
    assert set(NOTICES) | NONE == names | {"message:moderator"}
    assert not set(NOTICES) & NONE


@pytest.mark.parametrize(
    ("road", "expected"),
    [
        ("pending", ["kim order.placed", "sam order.placed"]),
        ("in_progress", ["kim order.started"]),
        ("delivered", ["kim order.delivered"]),
        ("revision_requested", ["sam order.revision_requested"]),
        ("revision_refused", ["kim order.revision_refused"]),
        ("closed", ["sam order.closed"]),
        ("cancelled", ["kim order.declined"]),
        ("frozen", ["kim order.frozen", "sam order.frozen"]),
    ],
)
def test_the_other_one_is_told_of_a_step_and_both_of_what_neither_did(
    post: None, deal: Deal, road: str, expected: list[str]
) -> None:
    deal.to(road)
    passes(seconds=1)
    assert told(deal)[-len(expected) :] == expected


def test_both_are_told_what_the_clock_did(post: None, deal: Deal) -> None:
    passes(hours=49)
    assert told(deal)[-2:] == ["kim order.auto_cancelled", "sam order.auto_cancelled"]
    refund = {"refunded": {"amount": 5000, "currency": "EUR"}}
    assert letters(deal)[-1].facts["payments"] == refund


def test_a_notice_names_the_order_its_people_and_what_is_offered(post: None, deal: Deal) -> None:
    offer = deal.sam.does("offer.make", title="A banner")
    deal.kim.does("offer.decline", offer=offer["offer"])
    passes(seconds=1)
    made, declined = letters(deal)[-2:]
    assert (made.notice, made.payload["thread"], made.payload["order"]) == ("offer.made", deal.thread, deal.order)
    said = {"title": "A logo", "buyer": "Kim", "seller": "Sam", "by": "seller"}
    assert made.facts.items() >= said.items()
    assert made.facts["offer"] == declined.facts["offer"]
    assert made.facts["offer"]["title"] == "A banner"
    assert made.facts["offer"]["price"] == {"amount": 2000, "currency": "EUR"}


def test_one_who_leaves_is_told_of_at_once(post: None, deal: Deal) -> None:
    deal.to("closed").kim.does("thread.leave")
    deal.kim.does("thread.leave")
    passes(seconds=1)
    assert told(deal).count("sam party.left") == 1


def test_a_rejected_claim_is_told_to_who_filed_it_and_a_claim_to_the_other(post: None, deal: Deal) -> None:
    claim = deal.kim.does("claim.file", reason=SECRET)
    deal.mia.does("moderation.reject_claim", claim=claim["claim"], reason=SECRET)
    passes(seconds=1)
    assert told(deal, 2) == ["sam claim.filed", "kim claim.rejected"]


def test_nobody_s_words_leave_in_a_notice(post: None, deal: Deal) -> None:
    """Everything that somebody could say is said in the same words; a notice has none of them."""
    kim, sam, mia = deal.kim, deal.sam, deal.mia
    mia.does("moderation.watch", reason=SECRET)
    kim.does("message.send", text=SECRET)
    mia.does("message.send", text=SECRET)
    kim.does("offer.request", text=SECRET)
    sam.does("offer.make", description=SECRET)
    sam.does("order.start")
    kim.does("proposal.make", kind="cancellation", reason=SECRET)
    sam.does("order.deliver", note=SECRET)
    kim.does("order.request_revision", text=SECRET)
    sam.does("order.refuse_revision", reason=SECRET)
    kim.does("claim.file", reason=SECRET)
    mia.does("moderation.freeze", reason=SECRET)
    kim.does("message.send", purpose="statement", text=SECRET)
    mia.does("moderation.note", text=SECRET)
    mia.does("moderation.resolve", outcome="pay", reason=SECRET)
    kim.does("support.open", text=SECRET)
    kim.does("review.write", text=SECRET)
    sam.does("review.reply", text=SECRET)
    sam.does("review.contest", text=SECRET)
    mia.does("moderation.rule_review", outcome="remove", reason=SECRET)
    passes(hours=1)
    got = letters(deal)
    assert {letter.notice for letter in got} >= {"message.staff", "dispute.resolved", "review.removed", "order.frozen"}
    assert SECRET in json.dumps(deal.log())
    assert SECRET not in json.dumps([letter.payload for letter in got])


def test_a_refused_step_and_a_second_copy_tell_nobody_anything(post: None, deal: Deal) -> None:
    name = "0190b3f0-0000-7000-8000-00000000000a"
    deal.sam.does("order.start", id=name, expect=1)
    deal.sam.does("order.start", id=name, expect=1)
    deal.kim.refused("order.close")
    passes(seconds=1)
    assert told(deal, 2) == ["kim order.started"]
