"""The same (user, id) has one effect, answered before any rule; other content is refused (protocol.md §6; I6)."""

from typing import Any

import pytest

from chat import people
from tests.market import Deal, Said, passes

ID = "01990000-0000-7000-8000-00000000ABCD"

# Every write that a party can do, with the state it is possible in.
WRITES: list[tuple[str, str, str, Said]] = [
    ("pending", "kim", "message.send", {}),
    ("pending", "kim", "message.edit", {"target": 3}),
    ("pending", "kim", "message.redact", {"target": 3}),
    ("pending", "sam", "message.report", {"target": 3}),
    ("pending", "kim", "thread.mute", {"on": True}),
    ("pending", "kim", "thread.archive", {"on": True}),
    ("pending", "sam", "offer.make", {}),
    ("pending", "kim", "offer.request", {}),
    ("pending", "kim", "offer.accept", {"offer": "{offer}"}),
    ("pending", "kim", "offer.decline", {"offer": "{offer}"}),
    ("pending", "sam", "offer.withdraw", {"offer": "{offer}"}),
    ("pending", "sam", "order.start", {"expect": 1}),
    ("pending", "sam", "order.decline", {"expect": 1}),
    ("pending", "kim", "order.withdraw", {"expect": 1}),
    ("in_progress", "sam", "order.deliver", {"expect": 2}),
    ("in_progress", "sam", "order.cancel", {"expect": 2}),
    ("delivered", "kim", "order.request_revision", {"expect": 3}),
    ("delivered", "kim", "order.close", {"expect": 3}),
    ("revision_requested", "sam", "order.accept_revision", {"expect": 4}),
    ("revision_requested", "sam", "order.refuse_revision", {"expect": 4}),
    ("closed", "kim", "offer.accept", {"offer": "{offer}"}),
    ("closed", "sam", "thread.leave", {}),
    ("closed", "mia", "moderation.watch", {}),
]


def filled(said: Said, offer: str) -> dict[str, Any]:
    return {name: value.format(offer=offer) if name == "offer" else value for name, value in said.items()}


@pytest.mark.parametrize(("state", "who", "command", "said"), WRITES)
def test_a_copy_gets_the_first_answer_and_has_no_effect(
    deal: Deal, state: str, who: str, command: str, said: Said
) -> None:
    deal.kim.does("message.send", text="Good morning")
    offer = deal.sam.does("offer.make")["offer"]
    deal.to(state)
    person, said = getattr(deal, who), filled(said, offer)
    first = person.does(command, id=ID, **said)
    head, seen, threads = deal.head(), deal.seen(), len(deal.kim.does("thread.list")["rows"])
    assert first["duplicate"] is False
    passes(hours=1)
    for copy in (ID, ID.lower()):
        assert person.does(command, id=copy, **said) == first | {"duplicate": True}
    assert (deal.head(), len(deal.kim.does("thread.list")["rows"])) == (head, threads)
    assert deal.seen()["version"] == seen["version"]
    refusal = person.refused("offer.make" if command != "offer.make" else "message.send", id=ID)
    assert (refusal.code, refusal.kind.retry, refusal.kind.http) == ("id_reused", "never", 422)


@pytest.mark.parametrize("changed", [{"text": "Hello!"}, {"purpose": "check_in"}, {"reply_to": 1}, {"thread": "other"}])
def test_other_content_under_the_same_id_is_refused_and_changes_nothing(deal: Deal, changed: Said) -> None:
    other = deal.again()
    changed = {"thread": other.thread} if "thread" in changed else changed
    deal.kim.does("message.send", id=ID)
    refusal = deal.kim.refused("message.send", id=ID, **changed)
    assert refusal.code == "id_reused"
    assert (deal.head(), other.head()) == (3, 2)


def test_content_is_the_fields_that_are_known_with_their_defaults(deal: Deal) -> None:
    first = deal.kim.does("message.send", id=ID, text="Hello")
    spelled: dict[str, Any] = {"purpose": "chat", "attachments": [], "reply_to": None, "mood": "cheerful"}
    assert deal.kim.does("message.send", id=ID, text="Hello", **spelled) == first | {"duplicate": True}


def test_an_id_is_one_person_s_own(deal: Deal) -> None:
    assert deal.kim.does("message.send", id=ID, text="Me")["seq"] == 3
    assert deal.sam.does("message.send", id=ID, text="Me too")["seq"] == 4


def test_a_refused_command_keeps_nothing_and_may_be_tried_again(deal: Deal) -> None:
    deal.to("delivered")
    assert deal.kim.refused("message.send", id=ID).code == "chat_blocked"
    deal.kim.does("order.request_revision")
    assert deal.kim.does("message.send", id=ID, text="Other words")["duplicate"] is False


def test_a_message_that_was_sent_before_the_leave_is_still_answered_after_it(deal: Deal) -> None:
    first = deal.to("closed").kim.does("message.send", id=ID)
    deal.sam.does("thread.leave")
    assert deal.kim.does("message.send", id=ID) == first | {"duplicate": True}
    assert deal.kim.refused("message.send", id=ID, text="Something else").code == "id_reused"
    assert deal.kim.refused("message.send").code == "thread_closed"


def test_a_step_that_was_taken_is_answered_however_far_the_order_has_gone(deal: Deal) -> None:
    first = deal.sam.does("order.start", id=ID, expect=1)
    deal.sam.does("order.deliver")
    deal.kim.does("order.close")
    again = deal.sam.does("order.start", id=ID, expect=1)
    assert again == first | {"duplicate": True}
    assert (again["state"], again["order_version"]) == ("in_progress", 2)


def test_a_suspended_person_s_retry_is_still_answered(deal: Deal) -> None:
    first = deal.kim.does("message.send", id=ID)
    people.suspend(deal.kim.user, "a test")
    assert deal.kim.does("message.send", id=ID) == first | {"duplicate": True}
    assert deal.kim.refused("message.send", id=ID, text="Something else").code == "id_reused"
    assert deal.kim.refused("message.send").code == "suspended"


def test_only_its_author_reads_which_command_an_entry_came_from(deal: Deal) -> None:
    deal.kim.does("message.send", id=ID)
    assert deal.kim.reads(after=2)[0]["command"].lower() == ID.lower()
    deal.mia.does("moderation.watch")
    for person in (deal.sam, deal.mia):
        assert "command" not in person.reads(after=2)[0]


def test_of_all_that_a_step_writes_only_its_own_entry_carries_the_command(deal: Deal) -> None:
    deal.to("delivered").kim.does("order.close", id=ID)
    changed, released = deal.kim.reads(after=4)
    assert "command" in changed
    assert "command" not in released
    answer = deal.kim.does("order.close", id=ID, expect=3)
    assert (answer["seq"], answer["entry"], answer["at"]) == (changed["seq"], changed["entry"], changed["at"])
