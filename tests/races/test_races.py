"""Somebody leaves for good while the other acts: what came before stays, nothing comes after (G6, G7; I1, I5)."""

from functools import partial

import pytest

from tests.market import meet
from tests.races.agreement import agree
from tests.races.arena import FEW, PATIENCE_S, ROUNDS, Arena, is_done

pytestmark = pytest.mark.timeout(PATIENCE_S)


def test_kim_writes_while_sam_leaves(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again().to("cancelled")
        sent, left = arena.race(partial(deal.kim.does, "message.send"), partial(deal.sam.does, "thread.leave"))
        arena.won["sent" if is_done(sent) else sent] += 1
        assert left["duplicate"] is False
        assert not is_done(sent) or sent["seq"] < left["seq"]
        agree(deal)
    assert set(arena.won) == {"sent", "thread_closed"}


def test_kim_corrects_a_word_while_sam_leaves(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again()
        seq = deal.kim.does("message.send")["seq"]
        deal.to("cancelled")
        edited, left = arena.race(
            partial(deal.kim.does, "message.edit", target=seq), partial(deal.sam.does, "thread.leave")
        )
        arena.won["edited" if is_done(edited) else edited] += 1
        assert not is_done(edited) or edited["seq"] < left["seq"]
        agree(deal)
    assert set(arena.won) == {"edited", "thread_closed"}


def test_both_leave(arena: Arena) -> None:
    people = meet()
    for _ in range(FEW):
        deal = people.again().to("cancelled")
        kim, sam = arena.race(partial(deal.kim.does, "thread.leave"), partial(deal.sam.does, "thread.leave"))
        assert sorted([kim["duplicate"], sam["duplicate"]]) == [False, True]
        assert (kim["seq"], kim["entry"], kim["at"]) == (sam["seq"], sam["entry"], sam["at"])
        role = "seller" if kim["duplicate"] else "buyer"
        assert deal.log()[-1]["role"] == role
        arena.won[role] += 1
        agree(deal)
    assert set(arena.won) == {"buyer", "seller"}


def test_kim_accepts_while_sam_leaves(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again().to("cancelled")
        offer = deal.sam.does("offer.make")["offer"]
        accepted, left = arena.race(
            partial(deal.kim.does, "offer.accept", offer=offer), partial(deal.sam.does, "thread.leave")
        )
        arena.won["accepted" if is_done(accepted) else accepted] += 1
        state, following = deal.kim.sees()["offers"][0]["state"], deal.seen()["next"]
        if is_done(accepted):
            assert (state, len(following), accepted["seq"] < left["seq"]) == ("accepted", 1, True)
            agree(deal.at(accepted))
        else:
            assert (state, following) == ("void", [])
        agree(deal)
    assert set(arena.won) == {"accepted", "thread_closed"}
