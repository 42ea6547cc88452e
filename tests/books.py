"""Another database for this process, and the money as the database itself has it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections

from settings import database


def balances(order: str = "") -> dict[str, int]:
    """What lies in each account by the transfers of one order, or of all; accounts without their users' names."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT debit, credit, amount FROM orders_transfer WHERE %s IN ('', order_id)", [order])
        rows = cursor.fetchall()
    sums: dict[str, int] = {}
    for debit, credit, amount in rows:
        for account, signed in ((debit, -amount), (credit, amount)):
            name = account.split(":")[0] if order else account
            sums[name] = sums.get(name, 0) + signed
    return sums


@contextmanager
def elsewhere(url: str) -> Iterator[None]:
    """Lead this process to another database of its stack, so that time may pass there."""
    default = connections.settings["default"]
    before = default["NAME"]
    connection.close()
    default["NAME"] = database(url)["NAME"]
    try:
        yield
    finally:
        connection.close()
        default["NAME"] = before
