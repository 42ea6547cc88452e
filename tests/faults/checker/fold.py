"""What a log comes to: the order, its offers and its money, told by nothing but its entries (protocol.md §7)."""

from dataclasses import dataclass, field

from tests.faults.checker.history import Json

ENDED = frozenset({"closed", "cancelled", "expired"})
OFFER_ENDS = {
    "offer.accepted": "accepted",
    "offer.declined": "declined",
    "offer.withdrawn": "withdrawn",
    "offer.expired": "expired",
    "offer.voided": "void",
}
FOLLOW_UPS = 3


@dataclass
class State:
    """Of one thread at one seq. None is what the entries so far do not tell."""

    order: str = ""
    state: str = "pending"
    version: int | None = None
    price: int | None = None
    offers: dict[str, str] = field(default_factory=dict)
    prices: dict[str, int] = field(default_factory=dict)
    next: set[str] = field(default_factory=set)
    closed_by: str | None = None
    follow_ups: int | None = None
    held: int = 0
    paid_out: dict[str, int] = field(default_factory=dict)

    @property
    def escrow(self) -> int:
        return self.held - sum(self.paid_out.values())

    @classmethod
    def of_snapshot(cls, snapshot: Json) -> "State":
        order, closed = snapshot["order"], snapshot["closed"]
        return cls(
            order=order["order"],
            state=order["state"],
            version=order["version"],
            price=order["price"]["amount"],
            offers={offer["offer"]: offer["state"] for offer in snapshot["offers"]},
            prices={offer["offer"]: offer["price"]["amount"] for offer in snapshot["offers"]},
            next={each["thread"] for each in order["next"]},
            closed_by=closed["by"]["role"] if closed else None,
            follow_ups=snapshot["support"]["follow_ups_remaining"],
        )

    def take(self, entry: Json) -> None:
        """Go on by one entry."""
        kind = entry["kind"]
        if kind == "thread.opened":
            self.order = entry["order"]
        elif kind == "order.changed":
            self.state, self.version = entry["to"], entry["order_version"]
            if self.state == "closed" and entry["from"] != "closed":
                self.follow_ups = FOLLOW_UPS
        elif kind == "offer.made":
            self.offers[entry["offer"]] = "open"
            self.prices[entry["offer"]] = entry["price"]["amount"]
        elif kind in OFFER_ENDS:
            self._end_offer(entry, OFFER_ENDS[kind])
        elif kind.startswith("payment."):
            self._pay(kind.removeprefix("payment."), entry["amount"]["amount"])
        elif kind == "message" and self.state == "closed":
            self._count(entry["by"]["role"])
        elif kind == "party.left":
            self.closed_by = entry["role"]

    def _end_offer(self, entry: Json, state: str) -> None:
        self.offers[entry["offer"]] = state
        if state == "accepted" and "thread" in entry:
            self.next.add(entry["thread"])
        elif state == "accepted" and self.price is not None:
            self.price += self.prices[entry["offer"]]

    def _pay(self, what: str, amount: int) -> None:
        if what == "held":
            if not self.held and self.price is None:
                self.price = amount
            self.held += amount
        else:
            self.paid_out[what] = self.paid_out.get(what, 0) + amount

    def _count(self, role: str) -> None:
        if role == "buyer":
            self.follow_ups = FOLLOW_UPS
        elif role == "seller" and self.follow_ups is not None:
            self.follow_ups -= 1

    def shown(self) -> Json:
        """What a snapshot shows of it."""
        return {
            "order": self.order,
            "state": self.state,
            "version": self.version,
            "price": self.price,
            "offers": dict(sorted(self.offers.items())),
            "next": sorted(self.next),
            "closed_by": self.closed_by,
            "follow_ups": self.follow_ups if self.state == "closed" else None,
        }
