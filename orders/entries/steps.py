"""An order's life: opened, changed, paid.

Pure: must never import Django.
"""

from chat.commands import Money
from chat.entries import Body, Time


class Party(Body):
    user: str
    role: str
    name: str


class Previous(Body):
    order: str
    thread: str


class ThreadOpened(Body):
    kind = "thread.opened"
    order: str
    title: str
    parties: tuple[Party, ...]
    previous: Previous | None = None


class OrderChanged(Body):
    """`from` is a word of Python, hence the alias."""

    kind = "order.changed"
    action: str
    from_: str
    to: str
    order_version: int
    deadlines: dict[str, Time]
    note: str | None = None
    attachments: tuple[str, ...] | None = None

    def wire(self) -> dict[str, object]:
        said = super().wire()
        return {("from" if key == "from_" else key): value for key, value in said.items()}


class PaymentHeld(Body):
    kind = "payment.held"
    amount: Money


class PaymentReleased(Body):
    kind = "payment.released"
    amount: Money


class PaymentRefunded(Body):
    kind = "payment.refunded"
    amount: Money


class PaymentForfeited(Body):
    kind = "payment.forfeited"
    amount: Money
