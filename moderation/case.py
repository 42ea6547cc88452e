"""`moderation.case`: all that staff may see of one thread beside its log, on one screen.

Must never be read without a reason: a watch holds, which is the record of the look. Parties never get any of it.
"""

from typing import Any

from chat import flags, queries, staff
from chat.actors import Actor
from chat.acts import Act
from chat.entries import stamp
from chat.models import Report, Statement, Thread
from chat.rules import THREAD
from moderation.commands import ModerationCase
from moderation.matters import matters
from moderation.models import SettledReport
from orders.models import Claim, Review
from orders.queries import found, one_view
from orders.snapshot import claim_part


def case(actor: Actor, command: ModerationCase) -> dict[str, Any]:
    """{thread, order, as_of, claims, statements, reports, flags, held, originals, review, acts, looks, items}.

    Raises Refused not_found, wrong_role, or reason_required for a moderator who does not watch.
    """
    with one_view():
        act, order = found(actor, command.thread)
        act.check(THREAD, command.type, act.thread.mode)
        until = queries.watched(act.thread, actor, act.role, act.now)
        assert until is not None, "only moderators have a row for this"
        thread = act.thread
        return {
            "thread": thread.id,
            "order": order.id,
            "as_of": thread.head,
            "watch_until": stamp(until),
            "items": [matter.item for matter in matters([thread.id])],
            "claims": _claims(act, order.id),
            "statements": _statements(thread),
            "reports": _reports(thread),
            "flags": flags.of_thread(thread.id),
            "held": flags.waiting(thread.id),
            "originals": _originals(thread),
            "contest": _contest(order.id),
            "acts": staff.acts_in(thread),
            "looks": queries.looks(thread),
        }


def _claims(act: Act, order: str) -> list[dict[str, Any]]:
    rows = Claim.objects.filter(order=order).order_by("at", "id")
    return [claim_part(row, act) | {"at": stamp(row.at)} for row in rows]


def _statements(thread: Thread) -> list[dict[str, Any]]:
    """Both sides', to be read side by side."""
    rows = Statement.objects.filter(thread=thread).order_by("at", "id")
    return [{"statement": row.id, "by": _party(thread, row.by), "text": row.text, "at": stamp(row.at)} for row in rows]


def _reports(thread: Thread) -> list[dict[str, Any]]:
    answers = {
        row.report_id: row.settlement
        for row in SettledReport.objects.filter(report__thread=thread).select_related("settlement")
    }
    told = []
    for row in Report.objects.filter(thread=thread).order_by("at", "id"):
        report: dict[str, Any] = {"report": row.id, "target": row.seq, "by": _party(thread, row.by)}
        report |= {"reason": row.reason, "at": stamp(row.at)}
        if (answer := answers.get(row.id)) is not None:
            report |= {"outcome": answer.outcome, "answer": answer.reason, "settled_at": stamp(answer.at)}
        told.append(report)
    return told


def _originals(thread: Thread) -> list[dict[str, Any]]:
    """What parties read no more, or never did: texts that were edited, redacted or masked, as they were written."""
    changed = queries.changed(thread)
    return [
        *({"target": seq, "field": "text", "text": text, "cause": cause} for seq, text, cause in changed),
        *(
            {"target": each["seq"], "field": each["field"], "text": each["text"], "cause": "masked"}
            for each in flags.originals(thread.id)
        ),
    ]


def _contest(order: str) -> dict[str, Any] | None:
    """The seller's words against a review: for staff alone."""
    review = Review.objects.filter(order=order).exclude(contest="").first()
    if review is None:
        return None
    return {"review": review.id, "state": review.state, "ground": review.ground, "text": review.contest}


def _party(thread: Thread, user: str) -> dict[str, str]:
    return {"role": "buyer" if user == thread.buyer_id else "seller", "user": user}
