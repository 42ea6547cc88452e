"""What a pack of evidence holds besides the entries: each section of its content, as staff may read it. A table.

Must never leave out what speaks for one party alone: whoever exports chooses a thread, and nothing within it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chat import flags
from chat.acts import Act
from chat.chain import SEALED, plain
from chat.entries import stamp
from chat.models import AuditRecord, Entry, Held, Report, Statement
from orders.models import Claim, Order, Review, Transfer
from orders.rows import following
from orders.snapshot import offer_part, order_part, proposal_part


@dataclass(frozen=True, slots=True)
class Subject:
    """The thread and order as they are now, who exports them, and why."""

    act: Act
    order: Order
    why: str


Shown = Callable[[Subject], Any]
Rows = list[dict[str, Any]]


def _export(of: Subject) -> dict[str, Any]:
    act, thread = of.act, of.act.thread
    by = {"role": act.role, "user": act.actor.user} if act.actor.user else {"role": act.role}
    return {
        "at": stamp(act.now),
        "by": by,
        "why": of.why,
        "thread": thread.id,
        "order": of.order.id,
        "head": thread.head,
    }


def _order(of: Subject) -> dict[str, Any]:
    paid = {"placed_at": stamp(of.order.placed_at), "payment_reference": of.order.payment_reference}
    return order_part(of.order, of.act.now, following(of.order)) | paid


def _parties(of: Subject) -> Rows:
    rows = ((of.act.thread.buyer, "buyer"), (of.act.thread.seller, "seller"))
    return [{"user": row.id, "role": role, "name": row.name} for row, role in rows]


def _changes(of: Subject) -> Rows:
    """Which entries parties read otherwise than they stand here, and by which later entry."""
    rows = Entry.objects.filter(thread=of.act.thread, target__isnull=False).order_by("seq")
    return [{"seq": target, "by": seq, "kind": kind} for seq, kind, target in rows.values_list("seq", "kind", "target")]


def _ledger(of: Subject) -> Rows:
    rows = Transfer.objects.filter(order=of.order).order_by("at", "key")
    fields = ("key", "kind", "debit", "credit", "amount", "currency")
    return [{"at": stamp(row.at)} | {name: getattr(row, name) for name in fields} for row in rows]


def _claims(of: Subject) -> Rows:
    fields = ("state", "by_role", "by", "reason", "answer")
    rows = Claim.objects.filter(order=of.order).order_by("at", "id")
    return [{"claim": row.id, "at": stamp(row.at)} | {name: getattr(row, name) for name in fields} for row in rows]


def _statements(of: Subject) -> Rows:
    rows = Statement.objects.filter(thread=of.act.thread).order_by("at", "id")
    return [{"statement": row.id, "by": row.by, "text": row.text, "at": stamp(row.at)} for row in rows]


def _reports(of: Subject) -> Rows:
    rows = Report.objects.filter(thread=of.act.thread).order_by("at", "id")
    return [{"report": row.id, "seq": row.seq, "by": row.by, "reason": row.reason, "at": stamp(row.at)} for row in rows]


def _reviews(of: Subject) -> Rows:
    fields = ("state", "rating", "text", "seq", "reply", "ground", "contest", "ruling")
    rows = Review.objects.filter(order=of.order)
    return [{"review": row.id, "at": stamp(row.at)} | {name: getattr(row, name) for name in fields} for row in rows]


def _held(of: Subject) -> Rows:
    fields = ("by", "by_role", "purpose", "text", "state", "settled_by", "reason", "seq")
    rows = Held.objects.filter(thread=of.act.thread).order_by("at", "id")
    return [{"held": row.id, "at": stamp(row.at)} | {name: getattr(row, name) for name in fields} for row in rows]


def _audit(of: Subject) -> Rows:
    """Staff's looks, acts and notes here, each as it was sealed: its hash can be made again from the rest of it."""
    rows = AuditRecord.objects.filter(thread=of.act.thread.id).order_by("n")
    return [{name: plain(getattr(row, name)) for name in (*SEALED, "hash")} for row in rows]


EXHIBITS: dict[str, Shown] = {
    "audit": _audit,
    "changes": _changes,
    "claims": _claims,
    "export": _export,
    # No message carries a file yet.
    "files": lambda _: [],
    "flags": lambda of: flags.of_thread(of.act.thread.id),
    "held": _held,
    "ledger": _ledger,
    "offers": lambda of: [offer_part(row) for row in of.order.offers.order_by("number")],
    "order": _order,
    "originals": lambda of: flags.originals(of.act.thread.id),
    "parties": _parties,
    "proposals": lambda of: [proposal_part(row) for row in of.order.proposals.order_by("made_at", "id")],
    "reports": _reports,
    "reviews": _reviews,
    "statements": _statements,
}
