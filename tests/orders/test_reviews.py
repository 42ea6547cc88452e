"""Kim's one word on a closed order, to the second, left thread or not; sam's answer; staff's ruling (domain.md; I8)."""

from typing import Any

import pytest

from tests.market import Deal, instant, just_before, until


def window(deal: Deal) -> Any:
    return instant(deal.seen()["deadlines"]["review_until"])


@pytest.mark.parametrize("left", [False, True])
def test_the_window_is_open_until_six_months_to_the_second(deal: Deal, left: bool) -> None:
    late = deal.to("closed").again().to("closed")
    for each in (deal, late):
        if left:
            each.sam.does("thread.leave")
    just_before(window(deal))
    assert deal.kim.does("review.write", rating=5)["review"]
    until(window(late))
    refusal = late.kim.refused("review.write", rating=5)
    assert (refusal.code, refusal.info["state"]) == ("review_window_over", "closed")


def test_one_review_and_only_kim_s(deal: Deal) -> None:
    deal.to("closed")
    assert deal.sam.refused("review.write").code == "wrong_role"
    assert deal.odd.refused("review.write").code == "not_found"
    deal.kim.does("review.write", rating=2, text="It is a drawing of a cat")
    entry, shown = deal.sam.reads()[-1], deal.sam.sees()["review"]
    assert (entry["kind"], entry["rating"], entry["text"]) == ("review.written", 2, "It is a drawing of a cat")
    assert (shown["rating"], shown["text"]) == (2, "It is a drawing of a cat")
    assert deal.kim.refused("review.write").code == "already_reviewed"


@pytest.mark.parametrize(
    ("state", "code"),
    [("pending", "order_active"), ("in_progress", "order_active"), ("delivered", "order_active"),
     ("frozen", "order_active"), ("cancelled", "not_reviewable"), ("expired", "not_reviewable")],
)  # fmt: skip
def test_only_a_closed_order_is_reviewed(deal: Deal, state: str, code: str) -> None:
    assert deal.to(state).kim.refused("review.write").code == code


def test_sam_replies_once(deal: Deal) -> None:
    assert deal.to("closed").sam.refused("review.reply").code == "not_found"
    deal.kim.does("review.write")
    deal.kim.does("thread.leave")
    deal.sam.does("review.reply", text="Thank you, Kim")
    assert deal.kim.reads()[-1]["text"] == "Thank you, Kim"
    assert deal.sam.refused("review.reply").code == "not_allowed"
    assert deal.kim.refused("review.reply").code == "wrong_role"


@pytest.mark.parametrize("ground", ["disagreement", "", "ABUSE"])
def test_disagreement_is_no_ground(deal: Deal, ground: str) -> None:
    deal.to("closed").kim.does("review.write", rating=1)
    assert deal.sam.refused("review.contest", ground=ground).code == "bad_ground"
    assert deal.sam.does("review.contest", ground="abuse")["review"]


@pytest.mark.parametrize(("outcome", "kind"), [("remove", "review.removed"), ("keep", "review.kept")])
def test_staff_remove_or_keep_a_contested_review_and_both_read_why(deal: Deal, outcome: str, kind: str) -> None:
    deal.to("closed").kim.does("review.write", rating=1, text="He is a crook")
    assert deal.mia.refused("moderation.rule_review", outcome=outcome).code == "not_allowed"
    deal.sam.does("review.contest", text="I am no crook")
    deal.mia.does("moderation.rule_review", outcome=outcome, reason="we do not call names")
    for person in (deal.kim, deal.sam):
        last = person.reads()[-1]
        assert (last["kind"], last["reason"]) == (kind, "we do not call names")
        assert ("He is a crook" in str((person.reads(), person.sees()))) == (outcome == "keep")
    assert "I am no crook" not in str((deal.kim.reads(), deal.kim.sees()))
    assert deal.mia.refused("moderation.rule_review", outcome="keep").code == "not_allowed"
    assert deal.kim.refused("review.write").code == "already_reviewed"


def test_a_review_changes_nothing_of_the_order_and_opens_no_left_thread(deal: Deal) -> None:
    deal.to("closed").sam.does("thread.leave")
    before = deal.seen()
    deal.kim.does("review.write")
    assert deal.seen() == before
    assert deal.kim.refused("message.send").code == "thread_closed"
