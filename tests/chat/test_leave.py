"""Either may leave once the order has ended, which closes the thread for both, for good (domain.md, "The thread" 3; I1)."""

from typing import Any

import pytest

from tests.market import Deal, passes

RUNNING = ["pending", "in_progress", "late", "delivered", "revision_requested", "revision_refused"]
ENDED = ["closed", "cancelled", "expired"]
# What a party could still do in a closed order's thread a moment before it was left.
WRITES: list[tuple[str, str, dict[str, Any]]] = [
    ("kim", "message.send", {}),
    ("sam", "message.send", {}),
    ("sam", "message.send", {"purpose": "support"}),
    ("sam", "message.send", {"purpose": "check_in"}),
    ("kim", "message.edit", {"target": 7}),
    ("kim", "message.redact", {"target": 7}),
    ("sam", "offer.make", {}),
    ("kim", "offer.request", {}),
    ("kim", "offer.accept", {"offer": "{offer}"}),
    ("kim", "offer.decline", {"offer": "{offer}"}),
    ("sam", "offer.withdraw", {"offer": "{offer}"}),
]


def other(who: str) -> str:
    return "sam" if who == "kim" else "kim"


@pytest.mark.parametrize("state", RUNNING)
@pytest.mark.parametrize("who", ["kim", "sam"])
def test_nobody_leaves_a_running_order(deal: Deal, state: str, who: str) -> None:
    head = deal.to(state).head()
    refusal = getattr(deal, who).refused("thread.leave")
    assert refusal.code == "order_active"
    assert refusal.info["state"] == ("in_progress" if state == "late" else state)
    assert deal.head() == head


@pytest.mark.parametrize("state", ENDED)
@pytest.mark.parametrize("who", ["kim", "sam"])
def test_one_leaves_and_the_thread_is_closed_for_both(deal: Deal, state: str, who: str) -> None:
    head = deal.to(state).head()
    role = "buyer" if who == "kim" else "seller"
    answer = getattr(deal, who).does("thread.leave")
    left, closed = deal.log(head)
    assert (left["kind"], left["role"]) == ("party.left", role)
    assert (closed["kind"], closed["cause"], closed["role"]) == ("thread.closed", "left", role)
    assert (answer["seq"], answer["entry"], answer["duplicate"]) == (left["seq"], left["entry"], False)
    for person in (deal.kim, deal.sam):
        assert person.refused("message.send").code == "thread_closed"
        assert person.lists()["closed"] is True
        assert person.sees()["closed"] == {
            "by": {"role": role, "user": getattr(deal, who).user}, "cause": "left", "at": answer["at"],
        }  # fmt: skip


def test_everything_that_was_possible_a_moment_before_is_refused_after(deal: Deal) -> None:
    deal.to("closed")
    deal.kim.does("message.send")
    offer = deal.sam.does("offer.make")["offer"]

    def tries(said: dict[str, Any]) -> dict[str, Any]:
        return {name: value.format(offer=offer) if name == "offer" else value for name, value in said.items()}

    possible = deal.kim.may()["allowed"] + deal.sam.may()["allowed"]
    for _, command, said in WRITES:
        purpose = said.get("purpose")
        assert (f"{command}:{purpose}" if purpose else command) in possible
    deal.kim.does("thread.leave")
    head = deal.head()
    for who, command, said in WRITES:
        refusal = getattr(deal, who).refused(command, **tries(said))
        assert (refusal.code, refusal.info["state"]) == ("thread_closed", "closed"), command
    assert deal.head() == head


def test_open_offers_become_void_with_the_leave(deal: Deal) -> None:
    offers = [deal.sam.does("offer.make")["offer"] for _ in range(3)]
    deal.kim.does("offer.decline", offer=offers[1])
    head = deal.to("closed").head()
    deal.sam.does("thread.leave")
    assert deal.kinds(head) == ["offer.voided", "offer.voided", "party.left", "thread.closed"]
    assert [entry["offer"] for entry in deal.log(head)[:2]] == [offers[0], offers[2]]
    assert [offer["state"] for offer in deal.kim.sees()["offers"]] == ["void", "declined", "void"]
    assert len({entry["at"] for entry in deal.log(head)}) == 1


@pytest.mark.parametrize("who", ["kim", "sam"])
def test_leaving_again_is_a_success_that_changes_nothing(deal: Deal, who: str) -> None:
    first = deal.to("closed").kim.does("thread.leave")
    head = deal.head()
    passes(days=3)
    for _ in range(2):
        again = getattr(deal, who).does("thread.leave")
        assert again == first | {"duplicate": True}
    assert deal.head() == head
    assert deal.sam.sees()["closed"]["by"]["role"] == "buyer"


def test_nobody_gets_back_in_staff_included(deal: Deal) -> None:
    deal.to("closed").kim.does("thread.leave")
    deal.mia.does("moderation.watch")
    assert deal.mia.refused("thread.leave").code == "wrong_role"
    assert deal.mia.may()["allowed"].count("message.send") == 1
    passes(days=5 * 366)
    for person in (deal.kim, deal.sam):
        assert person.refused("message.send").code == "thread_closed"
        assert set(person.may()["allowed"]) <= {"message.report", "thread.leave", "review.write"}


def test_history_stays_readable_to_both_and_to_staff(deal: Deal) -> None:
    deal.kim.does("message.send", text="Good morning")
    deal.to("closed").kim.does("thread.leave")
    deal.mia.does("moderation.watch")
    for person in (deal.kim, deal.sam, deal.mia):
        assert person.reads()[2]["text"] == "Good morning"
        assert person.sees()["as_of"] == deal.head()
    assert deal.kim.does("thread.read", seq=3)["seq"] == 3
    assert deal.sam.does("message.report", target=3)["report"]


def test_leaving_touches_no_other_thread_and_no_wallet(deal: Deal) -> None:
    follow_up = deal.to("closed").again(previous=deal.order)
    before = follow_up.kim.sees()
    deal.kim.does("thread.leave")
    assert follow_up.kim.sees() == before
    assert follow_up.sam.does("message.send", text="Here we talk on")["seq"] == 3
    follow_up.to("closed")


def test_leaving_needs_neither_muting_nor_archiving_and_these_close_nothing(deal: Deal) -> None:
    deal.to("closed")
    for choice in ("thread.mute", "thread.archive"):
        deal.kim.does(choice, on=True)
    assert deal.kim.sees()["closed"] is None
    assert deal.sam.does("message.send")["seq"] == deal.head()
