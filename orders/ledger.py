"""Where the money of orders is: transfers between accounts, each balanced by itself, each written once.

Must never hold a float, and never change or delete a transfer: the database refuses it (migration 0002), as it
refuses an escrow below zero. Accounts: `buyer:USER` (outside), `escrow:ORDER`, `wallet:USER`, `platform`.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q, Sum

from chat.commands import Money
from chat.entries import stamp
from orders.models import Order, Transfer


def escrow(order: Order) -> int:
    """What lies in the order's escrow, in minor units of its currency."""
    return balance(f"escrow:{order.id}", order.currency)


def balance(account: str, currency: str) -> int:
    rows = Transfer.objects.filter(currency=currency)
    credit = rows.filter(credit=account).aggregate(n=Sum("amount"))["n"] or 0
    debit = rows.filter(debit=account).aggregate(n=Sum("amount"))["n"] or 0
    return int(credit) - int(debit)


def hold(order: Order, amount: int, cause: str, now: datetime) -> Money:
    """Buyer → escrow, once per cause (the order's placing or an offer). Returns what was held."""
    return _transfer(order, "held", f"buyer:{order.buyer_id}", f"escrow:{order.id}", amount, cause, now)


def release(order: Order, amount: int, now: datetime) -> Money:
    """Escrow → the seller's wallet."""
    return _transfer(order, "released", f"escrow:{order.id}", f"wallet:{order.seller_id}", amount, "end", now)


def refund(order: Order, amount: int, cause: str, now: datetime) -> Money:
    """Escrow → buyer."""
    return _transfer(order, "refunded", f"escrow:{order.id}", f"buyer:{order.buyer_id}", amount, cause, now)


def forfeit(order: Order, amount: int, now: datetime) -> Money:
    """Escrow → platform, when an order expires."""
    return _transfer(order, "forfeited", f"escrow:{order.id}", "platform", amount, "end", now)


def _transfer(order: Order, kind: str, debit: str, credit: str, amount: int, cause: str, now: datetime) -> Money:
    # The key makes it once: a second posting for the same cause is refused by the primary key.
    Transfer.objects.create(
        key=f"{kind}:{order.id}:{cause}",
        order=order,
        kind=kind,
        debit=debit,
        credit=credit,
        amount=amount,
        currency=order.currency,
        at=now,
    )
    return Money(amount=amount, currency=order.currency)


def wallet(user: str) -> dict[str, Any]:
    """{balances: [money per currency], postings: [{order, kind, amount, at}]}, oldest first; amounts in minor units."""
    account = f"wallet:{user}"
    rows = Transfer.objects.filter(Q(credit=account) | Q(debit=account)).order_by("at", "key")
    sums: dict[str, int] = {}
    postings = []
    for row in rows:
        signed = row.amount if row.credit == account else -row.amount
        sums[row.currency] = sums.get(row.currency, 0) + signed
        amount = {"amount": signed, "currency": row.currency}
        postings.append({"order": row.order_id, "kind": row.kind, "amount": amount, "at": stamp(row.at)})
    balances = [{"amount": n, "currency": currency} for currency, n in sorted(sums.items())]
    return {"balances": balances, "postings": postings}
