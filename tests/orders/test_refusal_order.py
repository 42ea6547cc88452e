"""When several refusals apply, the first of protocol.md §6's order is told. Each pair is built twice: with both causes,
and without the first one, which shows that the second was there."""

from collections.abc import Callable
from typing import Any

import pytest

from chat.refusals import Refused
from tests.market import Deal, meet
from tests.orders.refusals import PAIRS, TOLD, USED, Case
from tests.orders.situations import arrange

Refuse = Callable[[Case], Refused]


@pytest.fixture(scope="module")
def refuse(trade: None) -> Refuse:
    """What becomes of a command in a situation. One that is refused changes nothing, so the next may find it there."""
    found: dict[str, tuple[Deal, dict[str, str]]] = {}

    def refuse(case: Case) -> Refused:
        situation, who, command, said = case
        if situation not in found:
            if {"old", "expired"} & set(situation.split()):
                # Time passes for everybody.
                found.clear()
            found[situation] = arranged(situation)
        deal, offers = found[situation]
        said = said | ({"offer": offers.get(said["offer"], "none")} if "offer" in said else {})
        said = said | ({"thread": meet().thread} if "thread" in said else {})
        head = deal.head()
        person: Any = getattr(deal, who)
        refused: Refused = person.refused(command, **said)
        assert deal.head() == head
        return refused

    return refuse


def arranged(situation: str) -> tuple[Deal, dict[str, str]]:
    deal = meet()
    deal.kim.does("message.send", id=USED, text="The first of its id")
    deal.sam.does("message.send")
    offers = {which: deal.sam.does("offer.make", expires_in_s=7776000)["offer"] for which in ("open", "gone")}
    deal.sam.does("offer.withdraw", offer=offers["gone"])
    arrange(deal, situation)
    return deal, offers


@pytest.mark.parametrize(
    ("first", "both", "second", "alone"), PAIRS, ids=[f"{p[0]} before {p[2]}, {p[1][1]} {p[1][2]}" for p in PAIRS]
)
def test_of_two_refusals_the_first_is_told(refuse: Refuse, first: str, both: Case, second: str, alone: Case) -> None:
    assert refuse(alone).code == second
    assert refuse(both).code == first


@pytest.mark.parametrize("code", TOLD)
def test_a_refusal_tells_a_party_the_order_s_state(refuse: Refuse, code: str) -> None:
    """I9, and protocol.md §8: "always `state` (of the order, where the user may know it)"."""
    refused = refuse(TOLD[code])
    states = {"closed": "closed", "delivered": "delivered"}
    assert (refused.code, refused.info.get("state")) == (code, states.get(TOLD[code][0].partition(" ")[0], "pending"))
