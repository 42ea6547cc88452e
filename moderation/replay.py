"""A thread as it stood, and what each could have done then: “why was this refused at 14:03?” (protocol.md §6a).

Must never hold a rule: the rows are told again from the log, and the functions that answer now are asked about then.
Durations are today's policy; a deadline is the one that was told then.
"""

from datetime import datetime, timedelta
from typing import Any

from chat import people, wholelog
from chat.actors import Actor, Standing
from chat.acts import Act
from chat.entries import stamp
from chat.models import Held, StaffAct
from chat.refusals import Refused
from chat.rules import Role
from moderation.looking import admitted, recorded
from orders.capabilities import capabilities
from orders.commands import ModerationReplay
from orders.models import Order
from orders.past import Past
from orders.process import CLAIM, ClaimState
from orders.queries import found, one_view
from orders.retelling import following_by, past
from orders.snapshot import build

# Of a snapshot, what no log tells: it is not guessed, it is left out.
UNKNOWN = ("read", "delivered", "muted", "archived", "online")
ONE_MS = timedelta(milliseconds=1)


def replay(actor: Actor, command: ModerationReplay) -> dict[str, Any]:
    """{as_of, at, snapshot, capabilities: {buyer, seller}, unknown}: right after `seq`, or at the instant `at`.

    Raises Refused not_found, wrong_role, reason_required; cursor_ahead beyond the head or now, bad_request before the
    thread. What was read is recorded.
    """
    with one_view():
        act, order = found(actor, command.thread)
        why = admitted(act, command.type)
        seq, then = _when(act, command)
        told = past(act.thread, order, seq)
        said = _said(act, order, told, then)
    recorded(act, command.type, why, seq=seq, at=stamp(then))
    return said


def _when(act: Act, command: ModerationReplay) -> tuple[int, datetime]:
    """The last entry that had happened, and the instant."""
    thread = act.thread
    if command.at is None:
        assert command.seq is not None
        if command.seq > thread.head:
            raise Refused("cursor_ahead", state=thread.state, head=thread.head)
        return command.seq, next(wholelog.read(thread, command.seq, after=command.seq - 1)).at
    # People know milliseconds: whatever is stamped so has happened.
    then = command.at.replace(microsecond=command.at.microsecond // 1000 * 1000) + ONE_MS - timedelta.resolution
    if then > act.now:
        raise Refused("cursor_ahead", "This has not come yet.", state=thread.state, head=thread.head)
    last = wholelog.last_at(thread, then)
    if last is None:
        raise Refused("bad_request", "The thread was opened later.", field="at")
    return last.seq, then


def _said(act: Act, order: Order, told: Past, then: datetime) -> dict[str, Any]:
    _beside_the_log(told, then)
    rows = told.rows()
    rows.next = following_by(order, then)
    staff = Act(told.thread, then, act.actor, Role.MODERATOR)
    snapshot = build(staff, told.order, rows, _can(told, staff))
    parties = (
        Act(told.thread, then, Actor(row.id, Standing.USER), role, suspended=row.suspended_at is not None)
        for row, role in ((told.thread.buyer, Role.BUYER), (told.thread.seller, Role.SELLER))
    )
    return {
        "as_of": told.thread.head,
        "at": stamp(then),
        "snapshot": _without_the_unknown(snapshot),
        "capabilities": {str(party.role): _can(told, party) for party in parties},
        "unknown": list(UNKNOWN),
    }


def _beside_the_log(told: Past, then: datetime) -> None:
    """What entries do not tell and staff's rows do: who was suspended, what was held, which claims were taken up."""
    for person in (told.thread.buyer, told.thread.seller):
        person.suspended_at = then if _was_suspended(person.id, then) else None
    held = Held.objects.filter(thread=told.thread.id, at__lte=then).exclude(settled_at__lte=then)
    told.held = list(held.order_by("at", "id"))
    taken = StaffAct.objects.filter(thread=told.thread.id, action="moderation.take_item", at__lte=then)
    items = {about["item"] for about in taken.values_list("about", flat=True)}
    for claim in told.claims.values():
        if claim.state == ClaimState.OPEN and f"claim:{claim.id}" in items:
            claim.state = CLAIM.check("claim.pick_up", claim.state, Role.MODERATOR).leads_to


def _can(told: Past, act: Act) -> dict[str, Any]:
    return capabilities(told.facts(act))[0]


def _without_the_unknown(snapshot: dict[str, Any]) -> dict[str, Any]:
    known = {name: part for name, part in snapshot.items() if name not in UNKNOWN}
    known["parties"] = [{name: part for name, part in row.items() if name not in UNKNOWN} for row in known["parties"]]
    return known


def _was_suspended(user: str, then: datetime) -> bool:
    """By the suspension that still holds, else by staff's acts; one by the host that is over left no record."""
    if people.suspended_by(user, then):
        return True
    acts = StaffAct.objects.filter(action__in=("moderation.suspend", "moderation.reinstate"), at__lte=then)
    last = acts.filter(about__user=user).order_by("-at", "-pk").values_list("action", flat=True).first()
    return last == "moderation.suspend"
