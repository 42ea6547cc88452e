"""Support and reviews, as the log tells of them."""

from chat.announce import Record
from orders import reviews, support
from orders.models import Review, SupportItem
from orders.past import Past, Tells


def _supported(told: Past, record: Record) -> None:
    name = record.body["item"]
    item = SupportItem(id=name, order=told.order, state=support.OPEN, by_role=record.by_role, by=record.by_user)
    item.seq = record.seq
    told.items[name] = item


def _resolved(told: Past, record: Record) -> None:
    told.items[record.body["item"]].state = support.RESOLVED


def _reviewed(told: Past, record: Record) -> None:
    body = record.body
    review = Review(id=body["review"], order=told.order, state=reviews.WRITTEN, rating=body["rating"], at=record.at)
    review.text, review.seq = body["text"], record.seq
    told.review = review


def _review(**changes: str) -> Tells:
    """Each change is a column and the field of the body that says it, or the new state itself."""

    def moved(told: Past, record: Record) -> None:
        for column, said in changes.items():
            setattr(told.review, column, said if column == "state" else record.body[said])

    return moved


TELLS: dict[str, Tells] = {
    "support.opened": _supported,
    "support.resolved": _resolved,
    "review.written": _reviewed,
    "review.replied": _review(reply="text"),
    "review.contested": _review(state=reviews.CONTESTED, ground="ground"),
    "review.removed": _review(state=reviews.REMOVED, ruling="reason"),
    "review.kept": _review(state=reviews.KEPT, ruling="reason"),
}
