"""A held message: its author knows that it waits, the other knows nothing, and a moderator lets it through or does not."""

import uuid
from collections.abc import Iterator

import pytest

from chat import flags
from chat.identity import HOST
from orders import queries
from tests.market import Deal, Said
from tests.profiles import catching

SAID = "Call me on 0151 23456789, please"
WHY = "It tells a phone number."


@pytest.fixture(autouse=True)
def phones_are_held() -> Iterator[None]:
    with catching("phone=hold,email=mask"):
        yield


def held(deal: Deal, text: str = SAID, **said: str) -> Said:
    """Kim writes what is held, and mia looks."""
    reply = deal.kim.does("message.send", text=text, **said)
    deal.mia.does("moderation.watch")
    return reply


def all_that_sam_has(deal: Deal) -> str:
    return str((deal.sam.reads(), deal.sam.sees(), deal.sam.lists(), deal.sam.may()))


def test_kim_is_told_that_it_waits_and_sam_nothing(deal: Deal) -> None:
    head, before = deal.head(), all_that_sam_has(deal)
    same = str(uuid.uuid4())
    reply = held(deal, id=same)
    assert set(reply) == {"at", "duplicate", "caught", "held"}
    assert reply["caught"] == [{"kind": "phone", "start": 11, "end": 24, "action": "hold"}]
    (mine,) = deal.kim.sees()["held"]
    assert mine == {"held": reply["held"], "command": same, "text": SAID, "caught": reply["caught"], "at": reply["at"]}
    assert (deal.head(), all_that_sam_has(deal)) == (head, before)
    assert "held" not in deal.mia.sees()


def test_a_retry_holds_nothing_twice(deal: Deal) -> None:
    same = str(uuid.uuid4())
    first = deal.kim.does("message.send", id=same, text=SAID)
    assert deal.kim.does("message.send", id=same, text=SAID) == first | {"duplicate": True}
    assert len(flags.waiting(deal.thread)) == 1


def test_mia_lets_it_through_and_it_is_said_then_by_kim(deal: Deal) -> None:
    same = str(uuid.uuid4())
    reply = held(deal, id=same)
    between = deal.sam.does("message.send", text="Are you there?")
    released = deal.mia.does("moderation.release_message", target=reply["held"])
    assert released["seq"] == between["seq"] + 1 == deal.head()
    said = deal.sam.reads()[-1]
    assert (said["kind"], said["text"], said["by"]["user"]) == ("message", SAID, deal.kim.user)
    assert deal.kim.reads()[-1]["command"] == same
    assert "held" not in deal.kim.sees()
    assert deal.kim.does("message.send", id=same, text=SAID) == reply | {"duplicate": True}
    assert flags.open_flags([deal.thread]) == {}
    assert [each["seq"] for each in flags.of_thread(deal.thread)] == [released["seq"]]


def test_what_is_masked_stays_so_when_it_is_released(deal: Deal) -> None:
    text = "0151 23456789 or kim@example.com"
    released = deal.mia.does("moderation.release_message", target=held(deal, text)["held"])
    assert deal.sam.reads()[-1]["text"] == "0151 23456789 or ••••"
    assert flags.originals(deal.thread) == [{"seq": released["seq"], "field": "text", "text": text}]


def test_mia_refuses_it_and_kim_is_told_why(deal: Deal) -> None:
    head, before = deal.head(), all_that_sam_has(deal)
    reply = held(deal)
    assert deal.mia.refused("moderation.reject_message", target=reply["held"], reason="no").code == "reason_required"
    assert set(deal.mia.does("moderation.reject_message", target=reply["held"], reason=WHY)) == {"at", "duplicate"}
    assert (deal.head(), all_that_sam_has(deal)) == (head, before)
    assert "held" not in deal.kim.sees()
    (decision,) = deal.kim.does("decision.list")["decisions"]
    assert (decision["act"], decision["reason"]) == ("moderation.reject_message", WHY)
    assert decision["about"] == {"held": reply["held"]}
    assert deal.sam.does("decision.list")["decisions"] == []


def test_it_is_decided_once(deal: Deal) -> None:
    first, second = held(deal)["held"], held(deal)["held"]
    deal.mia.does("moderation.release_message", target=first)
    deal.mia.does("moderation.reject_message", target=second, reason=WHY)
    deal.max.does("moderation.watch")
    for target in (first, second):
        assert deal.max.refused("moderation.release_message", target=target).code == "not_allowed"
        assert deal.max.refused("moderation.reject_message", target=target, reason=WHY).code == "not_allowed"


def test_who_decides_has_given_a_reason_to_look(deal: Deal) -> None:
    target = deal.kim.does("message.send", text=SAID)["held"]
    assert deal.mia.refused("moderation.release_message", target=target).code == "reason_required"
    assert deal.mia.refused("moderation.reject_message", target=target, reason=WHY).code == "reason_required"
    deal.mia.does("moderation.watch")
    deal.mia.does("moderation.release_message", target=target)
    told = str(queries.transcript(HOST, deal.thread))
    assert "moderation.release_message" in told


def test_no_party_decides_and_an_outsider_finds_nothing(deal: Deal) -> None:
    target = held(deal)["held"]
    for person, code in ((deal.kim, "wrong_role"), (deal.sam, "wrong_role"), (deal.odd, "not_found")):
        assert person.refused("moderation.release_message", target=target).code == code
        assert person.refused("moderation.reject_message", target=target, reason=WHY).code == code
    other = deal.again()
    other.mia.does("moderation.watch")
    assert other.mia.refused("moderation.release_message", target=target).code == "not_found"


def test_what_kim_could_not_say_now_is_not_said_for_her(deal: Deal) -> None:
    blocked = held(deal)["held"]
    deal.to("delivered")
    assert deal.mia.refused("moderation.release_message", target=blocked).code == "chat_blocked"
    assert deal.mia.may()["refused"]["moderation.release_message"]["code"] == "chat_blocked"
    assert "moderation.reject_message" in deal.mia.may()["allowed"]
    deal.kim.does("order.close")
    assert "moderation.release_message" in deal.mia.may()["allowed"]
    deal.sam.does("thread.leave")
    assert deal.mia.refused("moderation.release_message", target=blocked).code == "thread_closed"
    deal.mia.does("moderation.reject_message", target=blocked, reason=WHY)


def test_a_suspended_person_s_message_waits_on(deal: Deal) -> None:
    target = held(deal)["held"]
    deal.max.does("moderation.suspend", user=deal.kim.user, reason="abuse of the chat")
    assert deal.mia.refused("moderation.release_message", target=target).code == "not_allowed"
    assert deal.mia.may()["refused"]["moderation.release_message"]["code"] == "not_allowed"
    deal.max.does("moderation.reinstate", user=deal.kim.user, reason="it was a mistake")
    deal.mia.does("moderation.release_message", target=target)


def test_a_moderator_may_decide_while_something_waits(deal: Deal) -> None:
    both = {"moderation.release_message", "moderation.reject_message"}
    deal.mia.does("moderation.watch")
    assert {name: why["code"] for name, why in deal.mia.may()["refused"].items() if name in both} == dict.fromkeys(
        both, "not_found"
    )
    target = held(deal)["held"]
    assert both <= set(deal.mia.may()["allowed"])
    for person in (deal.kim, deal.sam):
        assert not both & {*person.may()["allowed"], *person.may()["refused"]}
    deal.mia.does("moderation.release_message", target=target)
    assert not both & set(deal.mia.may()["allowed"])


def test_a_seller_s_held_messages_count_when_they_are_written(deal: Deal) -> None:
    deal.to("closed")
    waiting = [deal.sam.does("message.send", text=SAID)["held"] for _ in range(3)]
    assert deal.sam.refused("message.send", text=SAID).code == "follow_up_budget"
    deal.mia.does("moderation.watch")
    deal.mia.does("moderation.release_message", target=waiting[0])
    assert deal.kim.sees()["support"]["follow_ups_remaining"] == 0


def test_a_buyer_has_answered_when_her_message_is_released(deal: Deal) -> None:
    deal.to("closed")
    deal.sam.does("message.send", text="Hello")
    target = held(deal)["held"]
    assert deal.sam.sees()["support"]["follow_ups_remaining"] == 2
    deal.mia.does("moderation.release_message", target=target)
    assert deal.sam.sees()["support"]["follow_ups_remaining"] == 3


def test_asking_before_sending_leaves_no_trace(deal: Deal) -> None:
    before = (deal.head(), flags.of_thread(deal.thread), flags.waiting(deal.thread))
    asked = deal.kim.does("message.check", text=SAID)
    assert asked == {"caught": [{"kind": "phone", "start": 11, "end": 24, "action": "hold"}]}
    assert deal.kim.does("message.check", text="Hello") == {"caught": []}
    assert (deal.head(), flags.of_thread(deal.thread), flags.waiting(deal.thread)) == before
    assert deal.kim.does("message.send", text=SAID)["caught"] == asked["caught"]


def test_only_parties_ask(deal: Deal) -> None:
    deal.mia.does("moderation.watch")
    assert deal.mia.refused("message.check", text=SAID).code == "wrong_role"
    assert deal.odd.refused("message.check", text=SAID).code == "not_found"
    assert deal.kim.refused("message.check", text="").code == "text_invalid"
