"""Where people stand: cursors that only rise, what is unread, mute and archive, the list (protocol.md §6)."""

from typing import Any

import pytest

from chat.refusals import Refused
from tests.market import Deal, Person


@pytest.mark.parametrize("command", ["thread.read", "thread.delivered"])
def test_a_cursor_only_ever_rises(deal: Deal, command: str) -> None:
    deal.kim.does("message.send")
    answers = [deal.sam.does(command, seq=seq)["seq"] for seq in (2, 3, 1, 0)]
    assert answers == [2, 3, 3, 3]
    name = command.removeprefix("thread.")
    for person in (deal.kim, deal.sam):
        assert person.sees()[name][deal.sam.user] == 3


def test_who_has_read_has_received(deal: Deal) -> None:
    deal.sam.does("thread.read", seq=2)
    assert deal.kim.sees()["delivered"][deal.sam.user] == 2
    deal.kim.does("thread.delivered", seq=2)
    assert deal.kim.sees()["read"].get(deal.kim.user, 0) == 0


def test_nobody_has_read_what_is_not_written(deal: Deal) -> None:
    refusal = deal.sam.refused("thread.read", seq=3)
    assert (refusal.code, refusal.kind.retry) == ("cursor_ahead", "resync")
    assert deal.sam.lists()["read"] == 0


def test_cursors_are_the_parties_own_and_no_entries(deal: Deal) -> None:
    head = deal.head()
    deal.sam.does("thread.read", seq=2)
    deal.mia.does("moderation.watch")
    for command in ("thread.read", "thread.delivered"):
        assert deal.mia.refused(command, seq=2).code == "wrong_role"
        assert deal.odd.refused(command, seq=2).code == "not_found"
    assert deal.kim.lists()["read"] == 0
    assert deal.head() == head
    assert set(deal.kim.sees()["read"]) <= {deal.kim.user, deal.sam.user}


def test_unread_is_what_others_wrote_since(deal: Deal) -> None:
    deal.sam.does("thread.read", seq=2)
    deal.kim.does("message.send", text="One")
    deal.sam.does("message.send", text="Two")
    deal.kim.does("message.send", text="Three")
    assert deal.sam.lists()["unread"] == 2
    deal.sam.does("thread.read", seq=4)
    row = deal.sam.lists()
    assert (row["unread"], row["head"], row["read"]) == (1, 5, 4)
    assert (row["last"]["kind"], row["last"]["preview"]) == ("message", "Three")


def test_what_only_books_or_corrects_is_unread_for_nobody(deal: Deal) -> None:
    assert deal.kinds() == ["thread.opened", "payment.held"]
    assert [person.lists()["unread"] for person in (deal.kim, deal.sam)] == [0, 0]
    seq = deal.kim.does("message.send")["seq"]
    deal.kim.does("message.edit", target=seq, text="Hello")
    assert (deal.kim.lists()["unread"], deal.sam.lists()["unread"]) == (0, 1)
    # Sam is told of an end once, and not again by what it brings.
    deal.to("closed")
    deal.sam.does("thread.read", seq=deal.head() - 2)
    assert deal.kinds()[-2:] == ["order.changed", "payment.released"]
    assert deal.sam.lists()["unread"] == 1


def test_a_party_s_list_tells_who_was_last_and_what_they_offer_and_staff_s_tells_neither(deal: Deal) -> None:
    deal.kim.does("message.send", text="How much?")
    buyer, seller = {"role": "buyer", "user": deal.kim.user}, {"role": "seller", "user": deal.sam.user}
    for person in (deal.kim, deal.sam):
        assert person.lists()["last"].items() >= {"by": buyer, "preview": "How much?"}.items()
    deal.sam.does("offer.make", title="Ten more")
    assert deal.kim.lists()["last"].items() >= {"kind": "offer.made", "by": seller, "preview": "Ten more"}.items()
    last = deal.mia.lists()["last"]
    assert (set(last), last["kind"], last["preview"]) == ({"kind", "preview", "at"}, "offer.made", None)


def test_the_list_shows_both_their_other_party_and_the_state(deal: Deal) -> None:
    deal.to("delivered")
    kim, sam = deal.kim.lists(), deal.sam.lists()
    assert kim["other"] == {"user": deal.sam.user, "role": "seller", "name": "Sam"}
    assert sam["other"] == {"user": deal.kim.user, "role": "buyer", "name": "Kim"}
    assert kim["state"] == sam["state"] == "delivered"
    assert kim["order"] == deal.order
    assert deal.odd.does("thread.list")["rows"] == []


def test_the_list_begins_with_what_moved_last_and_pages_without_a_gap(deal: Deal) -> None:
    others = [deal.again() for _ in range(4)]
    others[1].kim.does("message.send")
    expected = [d.thread for d in (others[1], others[3], others[2], others[0], deal)]
    found: list[str] = []
    cursor = None
    while True:
        page = deal.kim.does("thread.list", limit=2, cursor=cursor)
        found += [row["thread"] for row in page["rows"]]
        if (cursor := page["cursor"]) is None:
            break
    assert found == expected


def test_the_list_can_be_asked_for_one_state(deal: Deal) -> None:
    closed = deal.again().to("closed")
    rows = deal.kim.does("thread.list", state="closed")["rows"]
    assert [row["thread"] for row in rows] == [closed.thread]


@pytest.mark.parametrize(("command", "flag"), [("thread.mute", "muted"), ("thread.archive", "archived")])
def test_mute_and_archive_are_one_person_s_choice_and_can_be_taken_back(deal: Deal, command: str, flag: str) -> None:
    head = deal.head()
    answer = deal.kim.does(command, on=True)
    assert set(answer) == {"at", "duplicate"}
    assert (deal.kim.lists()[flag], deal.kim.sees()[flag]) == (True, True)
    assert (deal.sam.lists()[flag], deal.sam.sees()[flag]) == (False, False)
    deal.kim.does(command, on=False)
    assert (deal.kim.lists()[flag], deal.kim.sees()[flag]) == (False, False)
    assert deal.head() == head
    deal.mia.does("moderation.watch")
    assert deal.mia.refused(command, on=True).code == "wrong_role"


@pytest.mark.parametrize("state", ["delivered", "expired"])
def test_muting_goes_on_where_talking_does_not(deal: Deal, state: str) -> None:
    deal.to(state)
    assert deal.kim.does("thread.mute", on=True)["duplicate"] is False


def test_history_is_read_from_either_end_in_pages(deal: Deal) -> None:
    for number in range(7):
        deal.kim.does("message.send", text=str(number))

    def page(who: Person, **asked: Any) -> tuple[list[int], bool]:
        said = who.does("thread.history", **asked)
        assert said["head"] == 9
        return [entry["seq"] for entry in said["entries"]], said["complete"]

    assert page(deal.sam, limit=4) == ([6, 7, 8, 9], False)
    assert page(deal.sam, before=6, limit=4) == ([2, 3, 4, 5], False)
    assert page(deal.sam, before=2, limit=4) == ([1], True)
    assert page(deal.sam, after=0, limit=4) == ([1, 2, 3, 4], False)
    assert page(deal.sam, after=8, limit=4) == ([9], True)
    assert page(deal.sam, after=9) == ([], True)
    assert page(deal.sam, before=1) == ([], True)
    assert deal.sam.refused("thread.history", after=10).code == "cursor_ahead"
    assert deal.sam.refused("thread.history", after=1, before=5).code == "bad_request"


def test_an_outsider_finds_nothing_and_a_moderator_only_after_a_reason(deal: Deal) -> None:
    for command in ("thread.history", "thread.snapshot"):
        said = []
        for thread in (deal.thread, "no-such-thread"):
            with pytest.raises(Refused) as caught:
                deal.odd.does(command, thread=thread)
            said.append(caught.value.body())
        assert said[0] == said[1]
        assert said[0]["code"] == "not_found"
        assert deal.mia.refused(command).code == "reason_required"
    deal.mia.does("moderation.watch")
    assert len(deal.mia.reads()) == 2
