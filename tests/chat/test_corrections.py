"""An own message may be changed or taken back for 15 minutes; what people read afterwards, everywhere, and what staff
keep (domain.md, "The thread" 7; protocol.md §6a)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.market import Deal, Person, instant, just_before, passes, until


def sent(deal: Deal, text: str = "Helo") -> int:
    return int(deal.kim.does("message.send", text=text)["seq"])


def word(person: Person, seq: int) -> Any:
    """What this person reads in that place."""
    return next(entry for entry in person.reads() if entry["seq"] == seq)


def watching(deal: Deal) -> Person:
    deal.mia.does("moderation.watch")
    return deal.mia


@pytest.mark.parametrize(
    ("command", "kind"), [("message.edit", "message.edited"), ("message.redact", "message.redacted")]
)
def test_fifteen_minutes_to_the_second(deal: Deal, command: str, kind: str) -> None:
    first, second = sent(deal), sent(deal)
    over = instant(deal.log()[-1]["at"]) + timedelta(minutes=15)
    just_before(instant(deal.log()[-2]["at"]) + timedelta(minutes=15))
    assert deal.kim.does(command, target=first)["duplicate"] is False
    assert deal.kinds()[-1] == kind
    until(over)
    refusal = deal.kim.refused(command, target=second)
    assert (refusal.code, refusal.info["state"]) == ("edit_window_over", "pending")


def test_an_edit_is_an_entry_of_its_own_and_everybody_reads_the_last_text(deal: Deal) -> None:
    seq = sent(deal)
    deal.kim.does("message.edit", target=seq, text="Hello")
    deal.kim.does("message.edit", target=seq, text="Hello Sam")
    assert deal.kinds(2) == ["message", "message.edited", "message.edited"]
    for person in (deal.kim, deal.sam):
        assert [entry["text"] for entry in person.reads(after=2)] == ["Hello Sam"] * 3
        assert person.lists()["last"] == {
            "kind": "message.edited", "preview": "Hello Sam", "at": deal.log()[-1]["at"],
            "by": {"role": "buyer", "user": deal.kim.user},
        }  # fmt: skip


def test_staff_and_the_host_s_transcript_keep_what_was_first_written(deal: Deal) -> None:
    seq = sent(deal, "You idiot")
    deal.kim.does("message.edit", target=seq, text="Dear Sam")
    deal.kim.does("message.redact", target=seq, reason="I was angry")
    for texts in (watching(deal).reads(after=2), deal.log(2)):
        assert [entry.get("text") for entry in texts] == ["You idiot", "Dear Sam", None]
        assert not [entry for entry in texts if entry.get("erased")]


def test_a_redacted_message_is_read_without_its_text_in_every_place(deal: Deal) -> None:
    seq = sent(deal, "My number is secret")
    deal.kim.does("message.edit", target=seq, text="My number is still secret")
    deal.kim.does("message.redact", target=seq, reason="I thought better of it")
    for person in (deal.kim, deal.sam):
        message, edited, redacted = person.reads(after=2)
        assert (message["erased"], edited["erased"]) == (True, True)
        assert "text" not in message
        assert "text" not in edited
        assert redacted.items() >= {"target": seq, "by_role": "buyer", "reason": "I thought better of it"}.items()
        for place in (person.reads(), person.sees(), person.lists()):
            assert "secret" not in str(place)
    assert deal.sam.lists()["last"]["preview"] is None


@pytest.mark.parametrize("page", [{"after": 2, "limit": 1}, {"before": 4, "limit": 1}, {"limit": 100}])
def test_a_page_without_the_correction_shows_it_all_the_same(deal: Deal, page: dict[str, Any]) -> None:
    seq = sent(deal)
    deal.kim.does("message.edit", target=seq, text="Hello")
    found = [e for e in deal.sam.does("thread.history", **page)["entries"] if e["seq"] == seq]
    assert found[0]["text"] == "Hello"


def test_what_was_taken_back_stays_back(deal: Deal) -> None:
    seq = sent(deal)
    deal.kim.does("message.redact", target=seq)
    for command in ("message.edit", "message.redact"):
        assert deal.kim.refused(command, target=seq).code == "not_allowed"
    assert "text" not in word(deal.sam, seq)


def test_only_the_author_corrects_and_only_messages(deal: Deal) -> None:
    seq = sent(deal)
    for command in ("message.edit", "message.redact"):
        assert deal.sam.refused(command, target=seq).code == "wrong_role"
        for target in (1, 2, 99):
            assert deal.kim.refused(command, target=target).code == "not_found"
    edited = deal.kim.does("message.edit", target=seq)["seq"]
    assert deal.kim.refused("message.redact", target=edited).code == "not_found"


@pytest.mark.parametrize("state", ["delivered", "expired"])
def test_nothing_is_corrected_while_the_chat_is_blocked(deal: Deal, state: str) -> None:
    seq = sent(deal)
    deal.to(state)
    for command in ("message.edit", "message.redact"):
        assert deal.kim.refused(command, target=seq).code == "chat_blocked"


def test_mia_redacts_any_message_at_any_time_with_a_reason_that_both_read(deal: Deal) -> None:
    seq = sent(deal, "Pay me outside")
    deal.to("closed").kim.does("thread.leave")
    passes(days=30)
    assert deal.mia.refused("message.redact", target=seq, reason="an offer to pay outside").code == "reason_required"
    mia = watching(deal)
    for reason in (None, "short"):
        assert mia.refused("message.redact", target=seq, reason=reason).code == "reason_required"
    mia.does("message.redact", target=seq, reason="an offer to pay outside")
    for person in (deal.kim, deal.sam):
        assert word(person, seq)["erased"] is True
        assert person.reads()[-1]["by_role"] == "moderator"
    assert word(mia, seq)["text"] == "Pay me outside"
    assert mia.refused("message.edit", target=seq).code == "wrong_role"
