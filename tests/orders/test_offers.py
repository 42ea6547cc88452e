"""Custom offers: sam makes them, kim answers each once, and each has exactly one end (domain.md, "Offers"; I5)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.market import Deal, instant, just_before, unnoticed, until

TITLE = {"title": "A banner", "description": "728 × 90", "price": {"amount": 2000, "currency": "EUR"}}
OFFER: dict[str, Any] = {**TITLE, "delivery_days": 2, "revisions": 1}


def offered(deal: Deal, **changed: Any) -> str:
    return str(deal.sam.does("offer.make", **changed)["offer"])


def test_sam_s_offer_is_in_the_log_and_the_snapshot_as_he_made_it(deal: Deal) -> None:
    made = deal.sam.does("offer.make", **OFFER)
    entry = deal.kim.reads(after=2)[0]
    assert entry.items() >= OFFER.items()
    assert (entry["kind"], entry["offer"], entry["number"]) == ("offer.made", made["offer"], 1)
    assert entry["expires_at"] == made["expires_at"]
    shown = deal.kim.sees()["offers"]
    assert shown == [
        {**OFFER, "offer": made["offer"], "number": 1, "expires_at": made["expires_at"], "state": "open",
         "by": {"role": "seller", "user": deal.sam.user}},
    ]  # fmt: skip
    assert deal.sam.does("offer.make")["number"] == 2


def test_an_offer_is_open_for_seven_days_or_as_long_as_sam_says(deal: Deal) -> None:
    made = deal.sam.does("offer.make")
    assert instant(made["expires_at"]) == instant(made["at"]) + timedelta(days=7)
    made = deal.sam.does("offer.make", expires_in_s=90)
    assert instant(made["expires_at"]) == instant(made["at"]) + timedelta(seconds=90)


def test_an_offer_lapses_by_itself_to_the_second(deal: Deal) -> None:
    offer = offered(deal, expires_in_s=3600)
    other = offered(deal, expires_in_s=3600)
    expires_at = instant(deal.kim.sees()["offers"][1]["expires_at"])
    just_before(expires_at)
    deal.kim.does("offer.accept", offer=offer)
    until(expires_at)
    lapsed = deal.log()[-1]
    assert (lapsed["kind"], lapsed["offer"], lapsed["by"]) == ("offer.expired", other, {"role": "system"})
    assert deal.kim.refused("offer.accept", offer=other).code == "offer_not_open"


def test_kim_is_too_late_even_where_the_clock_has_not_been_round(deal: Deal) -> None:
    offer = offered(deal, expires_in_s=60)
    unnoticed(seconds=60)
    assert deal.kim.refused("offer.accept", offer=offer).code == "offer_not_open"
    assert deal.story(2) == ["offer.made", "offer.expired"]


ANSWERS = {"accept": "kim", "decline": "kim", "withdraw": "sam"}
STATES = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}


@pytest.mark.parametrize("end", [*ANSWERS, "expire"])
def test_what_has_ended_ends_no_second_time(deal: Deal, end: str) -> None:
    offer = offered(deal, expires_in_s=60)
    if end == "expire":
        until(instant(deal.kim.sees()["offers"][0]["expires_at"]))
    else:
        getattr(deal, ANSWERS[end]).does(f"offer.{end}", offer=offer)
    head = deal.head()
    for answer, who in ANSWERS.items():
        refusal = getattr(deal, who).refused(f"offer.{answer}", offer=offer)
        assert (refusal.code, refusal.info["state"]) == ("offer_not_open", "pending")
    assert deal.head() == head
    assert deal.kim.sees()["offers"][0]["state"] == STATES.get(end, "expired")


def test_sam_makes_offers_and_kim_answers_them_and_nobody_else(deal: Deal) -> None:
    offer = offered(deal)
    assert deal.kim.refused("offer.make").code == "wrong_role"
    assert deal.sam.refused("offer.request").code == "wrong_role"
    for answer, who in (("accept", "sam"), ("decline", "sam"), ("withdraw", "kim")):
        assert getattr(deal, who).refused(f"offer.{answer}", offer=offer).code == "wrong_role"
        assert deal.mia.refused(f"offer.{answer}", offer=offer).code == "wrong_role"
    assert deal.kim.does("offer.request", text="And a banner?")["seq"] == 4
    assert deal.log()[-1]["text"] == "And a banner?"


def test_an_offer_of_another_thread_is_not_there(deal: Deal) -> None:
    offer = offered(deal.again())
    assert deal.kim.refused("offer.accept", offer=offer).code == "not_found"
    assert deal.kim.refused("offer.accept", offer="no-such-offer").code == "not_found"


@pytest.mark.parametrize(
    ("state", "make", "answer"),
    [("delivered", "not_allowed", "not_allowed"), ("expired", "order_ended", "order_ended")],
)
def test_no_offer_while_the_order_is_checked_or_after_it_expired(
    deal: Deal, state: str, make: str, answer: str
) -> None:
    offer = offered(deal, expires_in_s=90 * 86400)
    deal.to(state)
    assert deal.sam.refused("offer.make").code == make
    assert deal.kim.refused("offer.accept", offer=offer).code == answer


def test_an_expired_order_takes_its_open_offers_along(deal: Deal) -> None:
    deal.to("in_progress")
    just_before(instant(deal.seen()["deadlines"]["expires_at"]))
    offer = offered(deal)
    until(instant(deal.seen()["deadlines"]["expires_at"]))
    assert deal.story()[-3:] == ["system: expire, in_progress → expired", "payment.forfeited 5000", "offer.voided"]
    assert deal.kim.sees()["offers"][-1]["state"] == "void"
    assert deal.kim.refused("offer.accept", offer=offer).code == "order_ended"


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_an_open_offer_outlives_the_order_it_was_made_in(deal: Deal, state: str) -> None:
    offer = offered(deal)
    deal.to(state)
    assert deal.kim.sees()["offers"][0]["state"] == "open"
    assert deal.kim.does("offer.accept", offer=offer)["order"] != deal.order
