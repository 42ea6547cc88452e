"""An item of the queue by its name: which thread it is in, whether it is open, and whether somebody has it in hand.

Must never decide who may: that is rules.THREAD's. Whoever asks for more than the thread holds its lock.
"""

from datetime import datetime

from chat import staff
from chat.acts import Act
from chat.entries import stamp
from chat.models import Held, Thread
from chat.refusals import Refused
from moderation.matters import APPEAL, CLAIM, HELD, MESSAGE, REVIEW, Matter, matters
from moderation.models import Appeal, Taking
from orders.models import Claim, Order


def thread_of(item: str) -> str:
    """The thread of an item, open or not. Raises Refused not_found, also for what is in no thread."""
    kind, _, name = item.partition(":")
    thread: str | None = None
    if kind == MESSAGE:
        thread, _, seq = name.rpartition(":")
        if not seq.isdecimal() or not Thread.objects.filter(pk=thread, head__gte=int(seq)).exists():
            thread = None
    elif kind == HELD:
        thread = Held.objects.filter(pk=name).values_list("thread", flat=True).first()
    elif kind == CLAIM:
        thread = Claim.objects.filter(pk=name).values_list("order__thread", flat=True).first()
    elif kind == REVIEW:
        thread = Order.objects.filter(pk=name, review__isnull=False).values_list("thread", flat=True).first()
    elif kind == APPEAL:
        thread = Appeal.objects.filter(pk=name).values_list("decision__thread", flat=True).first()
    if not thread:
        raise Refused("not_found")
    return thread


def opened(act: Act, item: str) -> Matter:
    """The item as it waits. Raises Refused not_allowed where it waits no more."""
    for matter in matters([act.thread.id]):
        if matter.item == item and (matter.kind != APPEAL or staff.sees_appeals(act.actor)):
            return matter
    raise Refused("not_allowed", "This waits for nobody any more.")


def free(act: Act, item: str) -> None:
    """Raise Refused not_allowed {claimed_by, claimed_until} where another moderator has it in hand."""
    taking = in_hand(item, act.now)
    if taking is not None and taking.moderator != act.actor.user:
        until = stamp(taking.until)
        raise Refused(
            "not_allowed", "Another moderator has this in hand.", claimed_by=taking.moderator, claimed_until=until
        )


def mine(act: Act, item: str) -> Taking:
    """One's own hold on an item. Raises Refused not_allowed without one, with who has it instead."""
    free(act, item)
    taking = in_hand(item, act.now)
    if taking is None:
        raise Refused("not_allowed", "Take this in hand first.")
    return taking


def in_hand(item: str, now: datetime) -> Taking | None:
    return Taking.objects.filter(pk=item, until__gt=now).first()
