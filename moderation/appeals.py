"""Appeals: the person concerned may object to a decision once, and a lead who did not take it rules.

Must never let anybody appeal for another, nor rule on an own decision. Each returns the reply of protocol.md §6 and
raises Refused.
"""

import uuid
from functools import partial
from typing import Any

from django.db.models import QuerySet

from chat import installation, people, staff
from chat.actors import Actor
from chat.audit import Deed
from chat.entries import stamp
from chat.ids import new_name
from chat.jobs import enqueue
from chat.log import met, one_commit
from chat.refusals import Refused
from chat.rules import Role
from chat.text import fit, reason
from moderation import decisions
from moderation.asking import DecisionAppeal, ModerationAppeals, ModerationRuleAppeal
from moderation.models import Appeal, Decision, Ruling

OVERTURNED = "overturned"
SUSPENDED = "moderation.suspend"


def appeal(actor: Actor, command: DecisionAppeal) -> dict[str, Any]:
    """{at, appeal}: the one objection to an own decision, until the window ends. Raises Refused not_allowed after."""

    def look() -> Role:
        _own(actor.user, command.decision)
        return Role.CONCERNED

    def handle(deed: Deed) -> dict[str, Any]:
        return {"appeal": _lodge(deed, _own(actor.user, command.decision), command.text).id}

    return staff.alone(actor, command, look, handle)


def by_link(user: str, decision: str, text: str) -> dict[str, Any]:
    """The same for somebody who may not sign in: the signed link is the right. Raises as `appeal`."""

    def once() -> dict[str, Any]:
        with one_commit():
            deed = Deed(people.actor_of(user, ""), installation.now())
            return {"at": stamp(deed.now), "appeal": _lodge(deed, _own(user, decision), text).id}

    return met(decision, once)


def _own(user: str, name: str) -> Decision:
    decision = Decision.objects.filter(pk=name, user=user).first()
    if decision is None:
        raise Refused("not_found")
    return decision


def _lodge(deed: Deed, decision: Decision, text: str) -> Appeal:
    until = decisions.appeal_until(decision)
    if Appeal.objects.filter(decision=decision).exists():
        raise Refused("not_allowed", "You have appealed against this decision already.")
    if until is None or deed.now >= until:
        raise Refused("not_allowed", "The time to appeal is over.")
    made = Appeal(id=new_name(), decision=decision, text=fit(text), at=deed.now)
    made.save(force_insert=True)
    decisions.show(decision)
    return made


def waiting() -> QuerySet[Appeal]:
    """Appeals without a ruling, with their decisions; the longest waiting first."""
    return Appeal.objects.filter(ruling=None).select_related("decision").order_by("at", "id")


def listed(actor: Actor, command: ModerationAppeals) -> dict[str, Any]:
    """{appeals, cursor}: for a lead, what waits and whether it is an own decision. Raises Refused wrong_role."""
    staff.admit(actor, command.type)
    rows = waiting().order_by("id")
    if command.cursor is not None:
        rows = rows.filter(id__gt=command.cursor)
    page = list(rows[: command.limit + 1])
    more = len(page) > command.limit
    page = page[: command.limit]
    return {"appeals": [_waits(each, actor) for each in page], "cursor": page[-1].id if more else None}


def _waits(appeal: Appeal, actor: Actor) -> dict[str, Any]:
    decision = appeal.decision
    return {
        "appeal": appeal.id,
        "user": decision.user_id,
        "text": appeal.text,
        "at": stamp(appeal.at),
        "decision": decision.id,
        "act": decision.act,
        **({"thread": decision.thread_id} if decision.thread_id else {}),
        "about": decision.about,
        "reason": decision.reason,
        "moderator": decision.moderator,
        "decided_at": stamp(decision.at),
        "own": decision.moderator == actor.user,
    }


def rule(actor: Actor, command: ModerationRuleAppeal) -> dict[str, Any]:
    """{at}. Overturning a suspension that still holds ends it at once; of all else it is the record, and is told."""

    def handle(deed: Deed) -> dict[str, Any]:
        found = Appeal.objects.select_related("decision__thread").get(pk=command.appeal)
        if Ruling.objects.filter(appeal=found).exists():
            raise Refused("not_allowed", "This appeal was ruled on already.")
        why, decision = reason(command.reason), found.decision
        Ruling.objects.create(appeal=found, outcome=command.outcome, reason=why, lead=actor.user, at=deed.now)
        about = {"user": decision.user_id, "appeal": found.id, "decision": decision.id, "outcome": command.outcome}
        staff.record(deed, command.type, why, decision.thread, **about)
        if command.outcome == OVERTURNED and decision.act == SUSPENDED and _holds(decision):
            people.reinstate(decision.user_id, why)
            thaw(deed, decision.user_id)
        decisions.write_to(decision, "appeal.ruled", deed.now)
        decisions.show(decision)
        return {}

    return staff.alone(actor, command, partial(_ruler, actor, command.appeal), handle)


def _ruler(actor: Actor, name: str) -> Role:
    """Who the actor is to an appeal. Raises Refused not_found."""
    found = Appeal.objects.select_related("decision").filter(pk=name).first()
    role = staff.seen_by(actor, found is not None)
    return Role.DECIDER if found and role is not Role.PERSON and found.decision.moderator == actor.user else role


def _holds(decision: Decision) -> bool:
    """Is it the suspension that the person is under? A later one stands for itself."""
    later = Decision.objects.filter(user=decision.user_id, act=SUSPENDED, id__gt=decision.id)
    return not later.exists()


def thaw(deed: Deed, user: str) -> None:
    """Have the orders go on that stood still because the person was suspended, once this is committed."""
    key = str(uuid.uuid4())
    enqueue("reinstatement", key, {"user": user, "moderator": deed.actor.user, "key": key}, deed.now)
