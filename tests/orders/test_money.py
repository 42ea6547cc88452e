"""The ledger: where the money is at each end, and what the database itself refuses, whoever writes to it (I14)."""

import pytest
from django.db import Error, connection, transaction

from orders import ledger
from tests.market import Deal, balances

OWN = "key = 'held:{order}:placed'"
INSERT = (
    "INSERT INTO orders_transfer (key, order_id, kind, debit, credit, amount, currency, at) "
    "VALUES ({key}, '{{order}}', 'refunded', {debit}, {credit}, {amount}, 'EUR', CURRENT_TIMESTAMP)"
)


def insert(key: str = "'new'", debit: str = "'escrow:{order}'", credit: str = "'buyer:x'", amount: int = 1) -> str:
    return INSERT.format(key=key, debit=debit, credit=credit, amount=amount)


THE_SAME = "'held:{order}:placed'"
ATTACKS = {
    "raise what was paid": f"UPDATE orders_transfer SET amount = amount + 1 WHERE {OWN}",
    "move what was paid": f"UPDATE orders_transfer SET credit = 'wallet:odd' WHERE {OWN}",
    "touch a posting": f"UPDATE orders_transfer SET kind = kind WHERE {OWN}",
    "forget a posting": f"DELETE FROM orders_transfer WHERE {OWN}",
    "pay out more than there is": insert(amount=5001),
    "post twice": insert(THE_SAME, "'buyer:x'", "'escrow:{order}'"),
    "post over it": insert(THE_SAME, "'buyer:x'", "'escrow:{order}'") + " ON CONFLICT (key) DO UPDATE SET amount = 9",
    "pay a negative amount": insert(amount=-1),
    "pay nothing": insert(amount=0),
    "pay an account from itself": insert(credit="'escrow:{order}'"),
    "empty another order's escrow": insert(debit="'escrow:of another order'"),
}
ON_SQLITE = {"replace a posting": insert(THE_SAME, "'buyer:x'", "'escrow:{order}'").replace("INSERT", "REPLACE", 1)}
ON_POSTGRES = {"empty the ledger": "TRUNCATE orders_transfer"}


def run(statement: str, deal: Deal) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(order=deal.order))


def test_an_honest_posting_is_taken(deal: Deal) -> None:
    with transaction.atomic():
        run(insert(amount=5000), deal)
        assert balances(deal.order)["escrow"] == 0
        transaction.set_rollback(True)


@pytest.mark.parametrize("attack", [*ATTACKS, *ON_SQLITE, *ON_POSTGRES])
def test_the_database_refuses_to(deal: Deal, attack: str) -> None:
    elsewhere = ON_POSTGRES if connection.vendor == "sqlite" else ON_SQLITE
    if attack in elsewhere:
        pytest.skip("the other engine's words")
    # Whatever comes of it, the others' ledger must stay whole.
    with transaction.atomic():
        with pytest.raises(Error):
            run((ATTACKS | ON_SQLITE | ON_POSTGRES)[attack], deal)
        assert balances(deal.order) == {"buyer": -5000, "escrow": 5000}
        transaction.set_rollback(True)


def test_the_two_halves_of_an_overdraft_are_refused_at_the_second(deal: Deal) -> None:
    with transaction.atomic():
        run(insert("'one'", amount=3000), deal)
        with pytest.raises(Error):
            run(insert("'two'", amount=3000), deal)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("end", "left"),
    [
        ("closed", {"buyer": -7000, "escrow": 0, "wallet": 7000}),
        ("cancelled", {"buyer": 0, "escrow": 0}),
        ("expired", {"buyer": -7000, "escrow": 0, "platform": 7000}),
    ],
)
def test_an_end_moves_all_that_was_ever_paid_for_the_order(deal: Deal, end: str, left: dict[str, int]) -> None:
    offer = deal.sam.does("offer.make")
    deal.kim.does("offer.accept", offer=offer["offer"])
    assert balances(deal.order) == {"buyer": -7000, "escrow": 7000}
    deal.to(end)
    assert balances(deal.order) == left


def test_sam_s_wallet_shows_what_he_earned_and_with_what(deal: Deal) -> None:
    assert ledger.wallet(deal.sam.user) == {"balances": [], "postings": []}
    deal.to("closed")
    deal.again(price={"amount": 700, "currency": "USD"}).to("closed")
    deal.again().to("cancelled")
    wallet = ledger.wallet(deal.sam.user)
    assert wallet["balances"] == [{"amount": 5000, "currency": "EUR"}, {"amount": 700, "currency": "USD"}]
    assert [(posting["kind"], posting["amount"]["amount"]) for posting in wallet["postings"]] == [
        ("released", 5000),
        ("released", 700),
    ]
    assert wallet["postings"][0]["order"] == deal.order
    assert wallet["postings"][0]["at"] == deal.log()[-1]["at"]
    assert ledger.wallet(deal.kim.user)["balances"] == []


def test_all_accounts_together_are_always_at_zero(deal: Deal) -> None:
    deal.to("closed")
    assert sum(balances().values()) == 0
    assert min(amount for account, amount in balances().items() if account.startswith("escrow")) >= 0
