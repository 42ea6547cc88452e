"""What is done about a find is the profile's to say: by kind, by the order's state, by what the order is of."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from chat import profiles
from chat.catching.conduct import VARIABLE, Conduct
from chat.catching.kinds import KINDS
from chat.catching.sifting import sift
from chat.profiles import UnfitError, load
from tests.profiles import catching
from tests.stack import ROOT

PHONE, MAIL, CARD = "0151 23456789", "kim@example.com", "4111 1111 1111 1111"


def test_nothing_is_refused_or_held_by_default_and_only_cards_are_masked() -> None:
    for profile in profiles.names():
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PROFILE", profile)
            conduct = load(Conduct)
        assert {kind: conduct.action(kind, "pending", "") for kind in KINDS} == dict.fromkeys(KINDS, "flag") | {
            "card": "mask"
        }


def test_a_profile_says_it_by_kind_and_state_and_the_environment_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "odd.toml").write_text(
        "[catching]\nphone = 'hold'\nemail = 'mask'\n[catching.states.closed]\nphone = 'allow'"
    )
    monkeypatch.setattr(profiles, "FOLDER", tmp_path)
    monkeypatch.setenv("PROFILE", "odd")
    monkeypatch.setenv(VARIABLE, "email=allow, closed.email=hold")
    conduct = load(Conduct)
    said = {
        (kind, state): conduct.action(kind, state, "") for kind in ("phone", "email") for state in ("pending", "closed")
    }
    assert said == {
        ("phone", "pending"): "hold",
        ("phone", "closed"): "allow",
        ("email", "pending"): "allow",
        ("email", "closed"): "hold",
    }


def test_contacts_can_be_a_part_of_the_work_and_threats_cannot() -> None:
    with catching("phone=hold,threat=hold,exempt=voice-over+radio"):
        said = "Call 0151 23456789 today"
        assert sift(said, "pending", "voice-over").caught == ()
        assert sift(said, "pending", "logo", may_hold=True).action == "hold"
        assert sift("I know where you live", "pending", "radio", may_hold=True).action == "hold"


def test_the_strictest_find_decides_and_what_cannot_be_held_is_masked() -> None:
    with catching("phone=hold,email=mask"):
        text = f"call {PHONE} or {MAIL}, and see example.com"
        held = sift(text, "pending", "", may_hold=True)
        assert (held.action, [each.action for each in held.caught]) == ("hold", ["hold", "mask", "flag"])
        edited = sift(text, "pending", "")
        assert (edited.action, edited.shown) == ("mask", "call •••• or ••••, and see example.com")


def test_what_is_masked_tells_nothing_of_its_length() -> None:
    shown = [sift(f"{card}!", "pending", "").shown for card in (CARD, "378282246310005")]
    assert shown == ["••••!", "••••!"]


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("phone=shout", "CATCHING: phone"),
        ("fax=mask", "'fax=mask' is not like"),
        ("phone", "'phone' is not like"),
        ("closed.exempt=radio", "is not like"),
    ],
)
def test_what_is_not_right_is_named(monkeypatch: pytest.MonkeyPatch, said: str, complaint: str) -> None:
    monkeypatch.setenv(VARIABLE, said)
    with pytest.raises(UnfitError, match=complaint):
        load(Conduct)


def test_it_does_not_start_with_a_state_that_no_order_has() -> None:
    command = [sys.executable, "manage.py", "check"]
    wrong = os.environ | {VARIABLE: "shut.phone=mask"}
    done = subprocess.run(command, cwd=ROOT, env=wrong, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "an order has no such state: shut" in done.stderr.splitlines()[-1]
