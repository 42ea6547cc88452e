"""What waits for a moderator, read from the rows that are open: reports, flags, held messages, claims, reviews.

Must never keep a copy, and never hold a word that anybody wrote: whoever reads this has given no reason yet.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from chat.flags import WAITING
from chat.models import Flag, Held, Report
from moderation import weighing
from moderation.models import Appeal
from moderation.weighing import THREATS
from orders.models import Claim, Proposal, Review
from orders.process import CLAIM_LIVE, ProposalState, State
from orders.reviews import CONTESTED

MESSAGE, HELD, CLAIM, REVIEW, APPEAL = "message", "held", "claim", "review", "appeal"
# Grounds of a contested review that are as grave as a threat.
GRAVE = frozenset({"threat", "blackmail"})

# The threads that are asked for; None for all.
Threads = Iterable[str] | None
Found = dict[tuple[str, int | None], "Matter"]


@dataclass(slots=True)
class Matter:
    """One item of the queue. `target` is the seq of the message it is about; reports and flags on one are merged.

    An appeal against an act in no thread has no thread either.
    """

    item: str
    kind: str
    thread: str | None
    since: datetime
    state: str = "open"
    target: int | None = None
    reports: int = 0
    flags: tuple[str, ...] = ()
    priority: int = weighing.NOTICED


def matters(threads: Threads = None) -> list[Matter]:
    """All that is open, in no order."""
    names = None if threads is None else list(threads)
    return [matter for read in SOURCES for matter in read(names)]


def _messages(threads: Threads) -> Iterable[Matter]:
    found: Found = {}
    for thread, reported, at in open_reports(threads).values_list("thread_id", "seq", "at"):
        matter = _of_message(found, thread, reported, at)
        matter.reports += 1
    for thread, target, kind, at in open_flags(threads).values_list("thread_id", "seq", "kind", "at"):
        matter = _of_message(found, thread, target, at)
        if kind not in matter.flags:
            matter.flags = tuple(sorted((*matter.flags, kind)))
    for matter in found.values():
        called = weighing.CALLED if matter.reports else weighing.NOTICED
        matter.priority = weighing.THREATENED if THREATS & set(matter.flags) else called
    return found.values()


def _of_message(found: Found, thread: str, seq: int | None, at: datetime) -> Matter:
    fresh = Matter(f"{MESSAGE}:{thread}:{seq}", MESSAGE, thread, at, target=seq)
    matter = found.setdefault((thread, seq), fresh)
    matter.since = min(matter.since, at)
    return matter


def _held(threads: Threads) -> Iterable[Matter]:
    for name, thread, at, caught in (
        _of(Held, threads).filter(state=WAITING).values_list("id", "thread_id", "at", "caught")
    ):
        flags = tuple(sorted({each["kind"] for each in caught}))
        threat = THREATS & set(flags)
        priority = weighing.THREATENED if threat else weighing.CALLED
        yield Matter(f"{HELD}:{name}", HELD, thread, at, state=WAITING, flags=flags, priority=priority)


def _claims(threads: Threads) -> Iterable[Matter]:
    """A claim about a cancellation or a revision that was not answered in time goes to the front (domain.md)."""
    unanswered = Proposal.objects.filter(
        order=OuterRef("order"), kind="cancellation", state=ProposalState.EXPIRED, by=OuterRef("by")
    )
    rows = _of(Claim, threads, "order__thread").filter(state__in=CLAIM_LIVE).annotate(
        late=Exists(unanswered),
        unrevised=Q(order__state=State.REVISION_REQUESTED, order__answer_by__lte=F("at"), by_role="buyer"),
    )  # fmt: skip
    for name, thread, at, state, late, unrevised in rows.values_list(
        "id", "order__thread_id", "at", "state", "late", "unrevised"
    ):
        priority = weighing.LATE_ANSWER if late or unrevised else weighing.CALLED
        yield Matter(f"{CLAIM}:{name}", CLAIM, thread, at, state=state, priority=priority)


def _reviews(threads: Threads) -> Iterable[Matter]:
    rows = _of(Review, threads, "order__thread").filter(state=CONTESTED)
    for order, thread, seq, at, ground in rows.values_list("order_id", "order__thread_id", "seq", "at", "ground"):
        priority = weighing.THREATENED if ground in GRAVE else weighing.NOTICED
        yield Matter(f"{REVIEW}:{order}", REVIEW, thread, at, state=CONTESTED, target=seq, priority=priority)


def _appeals(threads: Threads) -> Iterable[Matter]:
    rows = _of(Appeal, threads, "decision__thread").filter(ruling__isnull=True)
    for name, thread, at in rows.values_list("id", "decision__thread_id", "at"):
        yield Matter(f"{APPEAL}:{name}", APPEAL, thread, at, priority=weighing.CALLED)


# Each kind of matter has one reader; another kind adds its own.
SOURCES: list[Callable[[Threads], Iterable[Matter]]] = [_messages, _held, _claims, _reviews, _appeals]


def open_reports(threads: Threads = None) -> QuerySet[Report]:
    """Reports that have no answer."""
    return _of(Report, threads).filter(settled__isnull=True)


def open_flags(threads: Threads = None) -> QuerySet[Flag]:
    """Flags on what is in a log; those of a held message are its own."""
    return _of(Flag, threads).filter(settled_at__isnull=True, seq__isnull=False)


def _of(rows: Any, threads: Threads, path: str = "thread") -> QuerySet[Any]:
    found: QuerySet[Any] = rows.objects.all()
    return found if threads is None else found.filter(**{f"{path}__in": list(threads)})
