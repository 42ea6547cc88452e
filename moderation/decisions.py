"""Decisions: each person whom an act of staff concerns gets a statement of reasons, written with the act itself.

Must never say who decided, nor quote what anybody wrote: `reason` is staff's own, for the person to read.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from chat.actors import Actor
from chat.acts import Act
from chat.announce import Personal, announce
from chat.audit import Deed
from chat.entries import stamp
from chat.ids import new_name
from chat.jobs import enqueue
from chat.models import Thread
from moderation.asking import DecisionList
from moderation.models import Appeal, Decision
from orders.policy import policy

# What of `about` the person may read: numbers and names, never a word of anybody.
SHOWN = ("target", "held", "claim", "review", "outcome")
# Letters about the order tell of these already.
TOLD = frozenset({"moderation.reject_claim", "moderation.rule_review", "moderation.resolve"})
# What is no measure against anybody.
WELCOME = frozenset({"moderation.reinstate"})


def decide(
    done: Act | Deed,
    user: str,
    act: str,
    reason: str,
    thread: Thread | None = None,
    about: dict[str, Any] | None = None,
) -> Decision:
    """Keep the statement of reasons for `user`, and tell them, in the transaction of the act that concerns them.

    `act` is the act's name on the wire ("moderation.warn", "message.redact"); `thread` is that of an Act unless given;
    `about` names what of it the act was about by numbers and names only ({"target": 7}, {"outcome": "refund"}).
    """
    if thread is None and isinstance(done, Act):
        thread = done.thread
    decision = Decision.objects.create(
        id=new_name(),
        user_id=user,
        act=act,
        reason=reason,
        thread=thread,
        moderator=done.actor.user,
        about=about or {},
        at=done.now,
    )
    if act not in TOLD:
        write_to(decision, "decision.made", done.now)
    show(decision)
    return decision


def write_to(decision: Decision, notice: str, now: datetime) -> None:
    """Have a letter written to the person, with a link to the statement; not with the statement itself."""
    until = appeal_until(decision)
    facts = {"decision": decision.id, "act": decision.act} | ({"appeal_until": stamp(until)} if until else {})
    key = f"{notice}:{decision.id}"
    payload = {"user": decision.user_id, "notice": notice, "thread": "", "order": "", "facts": facts, "key": key}
    enqueue("notice", key, payload, now)


def show(decision: Decision) -> None:
    """Tell the person's sockets, once this is committed; it may be lost, `decision.list` is the truth."""

    def tell() -> None:
        announce(Personal(decision.user_id, {"type": "decision", "decision": statement(decision)}))

    transaction.on_commit(tell)


def appeal_until(decision: Decision) -> datetime | None:
    """Until when the person may appeal; None where there is nothing to appeal against."""
    return None if decision.act in WELCOME else policy.appeal_until(decision.at)


def statement(decision: Decision) -> dict[str, Any]:
    """{decision, act, thread?, about?, reason, at, appeal_until?, appeal?}, as the person may read it."""
    said: dict[str, Any] = {"decision": decision.id, "act": decision.act}
    if decision.thread_id is not None:
        said["thread"] = decision.thread_id
    if about := {name: decision.about[name] for name in SHOWN if name in decision.about}:
        said["about"] = about
    said |= {"reason": decision.reason, "at": stamp(decision.at)}
    if until := appeal_until(decision):
        said["appeal_until"] = stamp(until)
    appeal = getattr(decision, "appeal", None)
    return said | ({"appeal": _appealed(appeal)} if appeal else {})


def _appealed(appeal: Appeal) -> dict[str, Any]:
    said = {"appeal": appeal.id, "state": "open", "text": appeal.text, "at": stamp(appeal.at)}
    ruling = getattr(appeal, "ruling", None)
    if ruling is None:
        return said
    return said | {"state": "ruled", "outcome": ruling.outcome, "reason": ruling.reason}


def listed(actor: Actor, command: DecisionList) -> dict[str, Any]:
    """{decisions, cursor}: the actor's own statements, the newest first."""
    rows = Decision.objects.filter(user=actor.user).select_related("appeal__ruling").order_by("-id")
    if command.cursor is not None:
        rows = rows.filter(id__lt=command.cursor)
    page = list(rows[: command.limit + 1])
    more = len(page) > command.limit
    page = page[: command.limit]
    return {"decisions": [statement(row) for row in page], "cursor": page[-1].id if more else None}
