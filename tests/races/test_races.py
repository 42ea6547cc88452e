"""Two or three act at the same instant, hundreds of times: one winner, the right code for the loser, a log without a
gap, and state, log and ledger that agree (G6, G7; I1, I5, I11, I13, I14)."""

from collections import Counter
from typing import Any

from tests.market import Deal, balances, clock, meet
from tests.races.arena import ROUNDS, Arena, is_done
from tests.truths import hold


def kinds_of(outcomes: list[Any]) -> list[str]:
    return ["done" if is_done(outcome) else outcome for outcome in outcomes]


def test_kim_writes_while_sam_leaves(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again().to("cancelled")
        sent, left = arena.race(lambda d=deal: d.kim.does("message.send"), lambda d=deal: d.sam.does("thread.leave"))
        arena.won["sent" if is_done(sent) else sent] += 1
        assert left["duplicate"] is False
        assert not is_done(sent) or sent["seq"] < left["seq"]
        hold(deal)
    assert set(arena.won) == {"sent", "thread_closed"}


def test_kim_corrects_a_word_while_sam_leaves(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again()
        seq = deal.kim.does("message.send")["seq"]
        deal.to("cancelled")
        edited, left = arena.race(
            lambda d=deal, s=seq: d.kim.does("message.edit", target=s), lambda d=deal: d.sam.does("thread.leave")
        )
        arena.won["edited" if is_done(edited) else edited] += 1
        assert not is_done(edited) or edited["seq"] < left["seq"]
        hold(deal)
    assert set(arena.won) == {"edited", "thread_closed"}


def test_both_leave(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS // 2):
        deal = people.again().to("cancelled")
        kim, sam = arena.race(lambda d=deal: d.kim.does("thread.leave"), lambda d=deal: d.sam.does("thread.leave"))
        assert sorted([kim["duplicate"], sam["duplicate"]]) == [False, True]
        assert (kim["seq"], kim["entry"], kim["at"]) == (sam["seq"], sam["entry"], sam["at"])
        role = "seller" if kim["duplicate"] else "buyer"
        assert deal.log()[-1]["role"] == role
        arena.won[role] += 1
        hold(deal)
    assert set(arena.won) == {"buyer", "seller"}


def test_kim_accepts_while_sam_leaves(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS // 2):
        deal = people.again().to("cancelled")
        offer = deal.sam.does("offer.make")["offer"]
        accepted, left = arena.race(
            lambda d=deal, o=offer: d.kim.does("offer.accept", offer=o), lambda d=deal: d.sam.does("thread.leave")
        )
        arena.won["accepted" if is_done(accepted) else accepted] += 1
        state, following = deal.kim.sees()["offers"][0]["state"], deal.seen()["next"]
        if is_done(accepted):
            assert (state, len(following), accepted["seq"] < left["seq"]) == ("accepted", 1, True)
            hold(deal.at(accepted))
        else:
            assert (state, following) == ("void", [])
        hold(deal)
    assert set(arena.won) == {"accepted", "thread_closed"}


def test_kim_accepts_while_sam_withdraws_while_the_offer_runs_out(arena: Arena) -> None:
    deal = meet()
    for _ in range(ROUNDS):
        offer = deal.sam.does("offer.make", expires_in_s=20)["offer"]
        accepted, withdrawn, _ = arena.race(
            lambda o=offer: deal.kim.does("offer.accept", offer=o),
            lambda o=offer: deal.sam.does("offer.withdraw", offer=o),
            lambda: clock.advance(20),
        )
        outcomes = kinds_of([accepted, withdrawn])
        assert outcomes in (["done", "offer_not_open"], ["offer_not_open", "done"], ["offer_not_open"] * 2)
        arena.won[("accepted", "withdrawn", "expired")[[*outcomes, "done"].index("done")]] += 1
    hold(deal)
    assert set(arena.won) == {"accepted", "withdrawn", "expired"}
    assert Counter(offer["state"] for offer in deal.kim.sees()["offers"]) == arena.won
    assert balances(deal.order)["escrow"] == 5000 + 2000 * arena.won["accepted"]


def test_kim_accepts_one_offer_on_two_devices(arena: Arena) -> None:
    deal = meet()
    for _ in range(ROUNDS):
        offer = deal.sam.does("offer.make")["offer"]
        outcomes = arena.race(*[lambda o=offer: deal.kim.does("offer.accept", offer=o)] * 3)
        assert sorted(kinds_of(outcomes)) == ["done", "offer_not_open", "offer_not_open"]
    hold(deal)
    assert balances(deal.order)["escrow"] == 5000 + 2000 * ROUNDS


def test_kim_closes_while_the_clock_closes(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS):
        deal = people.again().to("delivered")
        closed, _ = arena.race(lambda d=deal: d.kim.does("order.close", expect=3), lambda: clock.advance(7 * 86400))
        arena.won["closed" if is_done(closed) else closed] += 1
        action = "close" if is_done(closed) else "auto_close"
        assert (deal.log()[-2]["action"], deal.kinds()[-1]) == (action, "payment.released")
        hold(deal)
    assert set(arena.won) == {"closed", "order_ended"}


def test_kim_closes_on_one_device_and_asks_for_a_revision_on_another(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS // 2):
        deal = people.again().to("delivered")
        closed, asked = arena.race(
            lambda d=deal: d.kim.does("order.close", expect=3),
            lambda d=deal: d.kim.does("order.request_revision", expect=3),
        )
        assert kinds_of([closed, asked]) in (["done", "order_ended"], ["not_allowed", "done"])
        arena.won["closed" if is_done(closed) else "asked"] += 1
        hold(deal)
    assert set(arena.won) == {"closed", "asked"}


def test_sam_delivers_while_kim_accepts_his_offer(arena: Arena) -> None:
    people = meet()
    for _ in range(ROUNDS // 2):
        deal = people.again().to("in_progress")
        offer = deal.sam.does("offer.make")["offer"]
        delivered, accepted = arena.race(
            lambda d=deal: d.sam.does("order.deliver", expect=2),
            lambda d=deal, o=offer: d.kim.does("offer.accept", offer=o),
        )
        assert kinds_of([delivered, accepted]) in (["done", "not_allowed"], ["version_conflict", "done"])
        arena.won["delivered" if is_done(delivered) else "accepted"] += 1
        hold(deal)
    assert set(arena.won) == {"delivered", "accepted"}
