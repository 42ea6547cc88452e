"""What becomes of the reports and flags on one message: one answer to all of them, and everybody concerned is told.

Must never tell the author who reported, nor a reporter what else there was.
"""

from typing import Any

from chat import flags, queries, staff
from chat.actors import Actor
from chat.acts import Act
from chat.ids import new_name
from chat.jobs import enqueue_all
from chat.log import touch
from chat.models import Report
from chat.refusals import Refused
from chat.rules import PARTIES
from chat.text import reason
from moderation import items
from moderation.commands import ModerationSettle
from moderation.decisions import decide
from moderation.matters import MESSAGE, open_reports
from moderation.models import SettledReport, Settlement
from moderation.taking import on_item
from orders.telling import basics, job

UPHELD = "upheld"


def settle(actor: Actor, command: ModerationSettle) -> dict[str, Any]:
    """{reports: how many were answered}. Raises Refused not_allowed without the item in hand, reason_required."""

    def handle(act: Act) -> dict[str, Any]:
        taking = items.mine(act, command.item)
        target = items.opened(act, command.item).target
        assert target is not None, command.item
        why = reason(command.reason)
        reports = list(open_reports([act.thread.id]).filter(seq=target))
        flags.settle(act.thread.id, target, actor.user, act.now)
        _keep(act, command, target, reports, why)
        taking.delete()
        staff.record(act, command.type, why, item=command.item, outcome=command.outcome)
        if command.outcome == UPHELD:
            _tell_author(act, target, why)
        touch(act.thread.id)
        return {"reports": len(reports)}

    if command.item.partition(":")[0] != MESSAGE:
        raise Refused("bad_request", "Only reports and flags on a message are settled so.", field="item")
    return on_item(actor, command, handle)


def _keep(act: Act, command: ModerationSettle, target: int, reports: list[Report], why: str) -> None:
    settlement = Settlement.objects.create(
        id=new_name(),
        thread=act.thread,
        seq=target,
        outcome=command.outcome,
        reason=why,
        moderator=act.actor.user,
        at=act.now,
    )
    SettledReport.objects.bulk_create([SettledReport(report=each, settlement=settlement) for each in reports])
    # Who reported it three times is told once.
    told, facts = {each.by for each in reports}, basics(act.thread)
    letters = [
        job(f"report:{settlement.id}:{user}", user, f"report.{command.outcome}", act, facts) for user in sorted(told)
    ]
    enqueue_all(letters)


def _tell_author(act: Act, target: int, why: str) -> None:
    """What staff found against a party's words they are told, with the reason, and may appeal."""
    entry = queries.record_at(act.thread, target)
    if entry.by_role in PARTIES:
        decide(act, entry.by_user, "moderation.settle", why, about={"target": target, "outcome": UPHELD})
