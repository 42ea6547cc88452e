"""One setting chooses a marketplace's rules (`profiles/`), and what is not right refuses to start."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from chat import policy as talk
from chat import profiles
from chat.profiles import UnfitError, load
from orders import policy as trade
from tests.market import Deal, instant, just_before, passes, until
from tests.orders.paying import awaiting, by_the_host, refused
from tests.profiles import under
from tests.stack import ROOT

ENDS = {"closed": "closed_chat_days", "cancelled": "cancelled_chat_days"}


def test_there_are_these_profiles_and_each_is_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert profiles.names() == ["default", "seven-day-chat", "swift"]
    seen = []
    for name in profiles.names():
        monkeypatch.setenv("PROFILE", name)
        seen.append((load(trade.Policy).start_hours, load(trade.Policy).closed_chat_days, load(talk.Policy).follow_ups))
    assert seen == [(48, 0, 3), (48, 7, 3), (2, 0, 1)]


def test_a_single_number_is_set_beside_the_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROFILE", "swift")
    monkeypatch.setenv("POLICY_START_HOURS", "3")
    monkeypatch.setenv("POLICY_CHECK_DAYS", "")
    assert (load(trade.Policy).start_hours, load(trade.Policy).check_days) == (3, 1)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[trade]\nstart_hours = 0", "POLICY_START_HOURS"),
        ("[trade]\nstart_hours = 'soon'", "POLICY_START_HOURS"),
        ("[trade]\nstart_hour = 2", "POLICY_START_HOUR: Extra"),
        ("[trade]\ncheck_days = 200", "check_days is longer than order_months"),
        ("[conversation]\nfollow_ups = -1", "POLICY_FOLLOW_UPS"),
        ("[chat]\nfollow_ups = 1", "no such section: chat"),
        ("trade = 7", "trade is no section"),
        ("[trade", "cannot be read"),
    ],
)
def test_a_profile_that_is_not_right_says_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, complaint: str
) -> None:
    (tmp_path / "odd.toml").write_text(text)
    monkeypatch.setattr(profiles, "FOLDER", tmp_path)
    monkeypatch.setenv("PROFILE", "odd")
    with pytest.raises(UnfitError, match=complaint):
        (load(talk.Policy), load(trade.Policy))


@pytest.mark.parametrize(
    ("wrong", "complaint"), [({"PROFILE": "fast"}, "there are default, seven-day-chat, swift"),
                             ({"POLICY_OFFER_DAYS": "0"}, "POLICY_OFFER_DAYS")]
)  # fmt: skip
def test_it_does_not_start_by_rules_that_are_not_right(wrong: dict[str, str], complaint: str) -> None:
    command = [sys.executable, "manage.py", "serve"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | wrong, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert complaint in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("state", ENDS)
def test_after_seven_days_the_chat_is_closed_for_both_and_nobody_has_left(deal: Deal, state: str) -> None:
    with under("seven-day-chat"):
        ends = instant(deal.to(state).seen()["deadlines"]["chat_until"])
        assert ends - instant(deal.log()[-1]["at"]) == timedelta(days=7)
        deal.sam.does("offer.make", expires_in_s=90 * 86400)
        just_before(ends)
        assert deal.kim.does("message.send")["seq"]
        head = deal.head()
        until(ends)
        assert deal.kinds(head) == ["offer.voided", "thread.closed"]
        closed = deal.log()[-1]
        assert (closed["cause"], closed["role"], closed["by"]) == ("window", "system", {"role": "system"})
        for person in (deal.kim, deal.sam):
            seen = person.sees()
            assert seen["closed"] == {"by": {"role": "system"}, "cause": "window", "at": closed["at"]}
            assert (person.lists()["closed"], person.refused("message.send").code) == (True, "thread_closed")
            # A leave finds it done, and says since when.
            told = person.does("thread.leave")
            assert (told["seq"], told["entry"], told["duplicate"]) == (closed["seq"], closed["entry"], True)
        assert deal.head() == closed["seq"]


def test_the_review_does_not_end_with_the_chat(deal: Deal) -> None:
    with under("seven-day-chat"):
        deal.to("closed")
        passes(days=8)
        assert deal.kinds()[-1] == "thread.closed"
        assert deal.kim.does("review.write")["review"]


def test_who_leaves_before_the_week_is_over_closes_it_once(deal: Deal) -> None:
    with under("seven-day-chat"):
        deal.to("closed").kim.does("thread.leave")
        head = deal.head()
        passes(days=8)
        assert deal.head() == head
        assert deal.kim.sees()["closed"]["cause"] == "left"


def test_a_payment_that_comes_after_the_week_has_to_be_given_back(deal: Deal) -> None:
    with under("seven-day-chat"), by_the_host():
        ends = instant(deal.to("closed").seen()["deadlines"]["chat_until"])
        passes(days=6, hours=23, minutes=50)
        offer = awaiting(deal)
        until(ends)
        assert refused(deal, offer).info["offer_state"] == "void"


def test_a_chat_that_began_to_last_without_a_limit_keeps_it(deal: Deal) -> None:
    """Whoever closed an order under other rules was told so."""
    assert "chat_until" not in deal.to("closed").seen()["deadlines"]
    with under("seven-day-chat"):
        passes(days=30)
        assert deal.kim.does("message.send")["seq"]


# State, its deadline, and after how much time it comes by each profile, by hand.
LASTS = [
    ("pending", "start_by", {"default": "48h", "seven-day-chat": "48h", "swift": "2h"}),
    ("delivered", "auto_close_at", {"default": "168h", "seven-day-chat": "168h", "swift": "24h"}),
    ("revision_requested", "answer_by", {"default": "48h", "seven-day-chat": "48h", "swift": "2h"}),
    ("cancelled", "chat_until", {"default": "", "seven-day-chat": "168h", "swift": "24h"}),
    ("closed", "chat_until", {"default": "", "seven-day-chat": "168h", "swift": ""}),
]


@pytest.mark.parametrize("profile", profiles.names())
def test_each_deadline_comes_when_the_profile_says(deal: Deal, profile: str) -> None:
    with under(profile):
        for state, name, lasts in LASTS:
            there = deal.again().to(state)
            began, ends = instant(there.log()[-1]["at"]), there.seen()["deadlines"].get(name)
            wanted = lasts[profile] and began + timedelta(hours=int(lasts[profile].removesuffix("h")))
            assert (instant(ends) if ends else "") == wanted, (state, name)


def test_swift_people_answer_within_hours(deal: Deal) -> None:
    with under("swift"):
        quick, slow = deal.again(), deal.again()
        quick.to("delivered")
        passes(hours=2)
        assert slow.seen()["state"] == "cancelled"
        passes(hours=22)
        assert quick.seen()["state"] == "closed"
        assert "chat_until" not in quick.seen()["deadlines"]
        assert slow.kim.does("message.send")["seq"]
        passes(hours=2)
        assert slow.kim.refused("message.send").code == "thread_closed"
        quick.sam.does("message.send")
        assert quick.sam.refused("message.send").code == "follow_up_budget"
