"""What staff do to people and note for each other: recorded, never shown to a party, answered once (I10)."""

import uuid
from typing import Any

import pytest

from chat import people
from chat.identity import HOST
from orders import queries
from tests.market import Deal, Person, passes

ID = "01990000-0000-7000-8000-0000000000FF"
WHY = {"reason": "abuse of the chat"}


def suspends(person: Person, whom: str, **said: Any) -> Any:
    return person.does("moderation.suspend", user=whom, **WHY | said)


def test_mia_suspends_kim_and_reinstates_her(deal: Deal) -> None:
    assert set(suspends(deal.mia, deal.kim.user)) == {"at", "duplicate"}
    assert deal.kim.refused("message.send").code == "suspended"
    assert deal.sam.does("message.send")
    deal.mia.does("moderation.reinstate", user=deal.kim.user, reason="it was a mistake")
    assert deal.kim.does("message.send")


@pytest.mark.parametrize("command", ["moderation.suspend", "moderation.reinstate"])
def test_only_staff_suspend_with_a_reason_somebody_who_is_there(deal: Deal, command: str) -> None:
    for person in (deal.kim, deal.sam, deal.odd):
        assert person.refused(command, user=deal.sam.user, **WHY).code == "wrong_role"
    assert deal.mia.refused(command, user=deal.sam.user, reason="short").code == "reason_required"
    assert deal.mia.refused(command, user="nobody-at-all", **WHY).code == "not_found"
    assert deal.sam.does("message.send")


def test_the_same_id_suspends_once(deal: Deal) -> None:
    first = suspends(deal.mia, deal.kim.user, id=ID)
    people.reinstate(deal.kim.user, "a test")
    assert suspends(deal.mia, deal.kim.user, id=ID) == first | {"duplicate": True}
    assert deal.kim.does("message.send")
    assert deal.mia.refused("moderation.suspend", id=ID, user=deal.sam.user, **WHY).code == "id_reused"


def test_a_moderator_s_retry_is_answered_though_she_was_suspended_meanwhile(deal: Deal) -> None:
    """protocol.md §6: a duplicate comes before `suspended`."""
    first = suspends(deal.mia, deal.kim.user, id=ID)
    people.suspend(deal.mia.user, "a test")
    assert deal.mia.refused("moderation.suspend", user=deal.sam.user, **WHY).code == "suspended"
    assert suspends(deal.mia, deal.kim.user, id=ID) == first | {"duplicate": True}


def test_kim_s_used_id_is_told_before_her_role(deal: Deal) -> None:
    """protocol.md §6: `id_reused`, `suspended`, `wrong_role`, in this order."""
    deal.kim.does("message.send", id=ID)
    assert deal.kim.refused("moderation.suspend", user=deal.sam.user, **WHY).code == "wrong_role"
    assert deal.kim.refused("moderation.suspend", id=ID, user=deal.sam.user, **WHY).code == "id_reused"
    people.suspend(deal.kim.user, "a test")
    assert deal.kim.refused("moderation.suspend", user=deal.sam.user, **WHY).code == "suspended"


def test_somebody_who_is_not_there_is_told_before_a_reason_that_is_too_short(deal: Deal) -> None:
    """protocol.md §6: `not_found` comes before the rest."""
    assert deal.mia.refused("moderation.suspend", user="nobody-at-all", reason="short").code == "not_found"


def test_a_note_is_read_by_no_party_and_takes_no_place_in_the_log(deal: Deal) -> None:
    head = deal.head()
    deal.mia.does("moderation.note", text="Seen him before")
    assert deal.head() == head
    for person in (deal.kim, deal.sam):
        assert person.refused("moderation.note").code == "wrong_role"
        assert "Seen him" not in str((person.reads(), person.sees(), person.lists()))


def test_the_host_s_transcript_shows_every_look_and_act_of_staff(deal: Deal) -> None:
    """protocol.md §10: `transcript` comes "with staff's looks and acts"."""
    deal.mia.does("moderation.watch", reason="a complaint by phone")
    deal.mia.does("moderation.note", text="Seen him before")
    deal.mia.does("moderation.freeze", reason="to look into it")
    told = str(queries.transcript(HOST, deal.thread))
    assert "a complaint by phone" in told
    for act in ("Seen him before", "to look into it"):
        assert act in told


def test_a_look_gives_an_hour_and_is_recorded(deal: Deal) -> None:
    assert deal.mia.refused("thread.history").code == "reason_required"
    deal.mia.does("moderation.watch", id=str(uuid.uuid4()), reason="a complaint by phone")
    assert len(deal.mia.reads()) == 2
    passes(minutes=61)
    assert deal.mia.refused("thread.history").code == "reason_required"
    (look,) = queries.transcript(HOST, deal.thread)["looks"]
    assert (look["moderator"], look["reason"]) == (deal.mia.user, "a complaint by phone")
