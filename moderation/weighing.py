"""What comes first: the risk of a thread in the feed, the rank of an item in the queue. Numbers only, all in one place.

Pure: no clock, no database, no Django. Money counts in minor units, whatever the currency: it orders, it does not sum.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

# Kinds of flags (chat.catching.kinds): whoever threatens is dealt with first, and to demand for a review is a threat.
THREATS = frozenset({"threat", "review_blackmail"})
THREAT, FLAG, REPORT, CLAIM, HELD = 40, 15, 30, 30, 20
# Ten reports of one message are one trouble: beyond so many they weigh no more.
REPORTS = 3
# So much money weighs a point, and so many points at most.
POINT, POINTS = 10_000, 20
# An item's place in time is moved forward by so much for each point of its money: it leads, and nobody starves.
LEAD = timedelta(hours=2)

# Ranks of the queue, the higher the sooner.
LATE_ANSWER, THREATENED, CALLED, NOTICED = 3, 2, 1, 0


def points(price: int) -> int:
    """What money weighs: 0 to 20."""
    return min(POINTS, price // POINT)


def risk(flags: Collection[str], *, reports: int, claims: int, held: int, price: int) -> int:
    """A thread's: 15 for each kind of open flag (40 for a threat), 30 for a report and 10 for each more up to three,
    30 for an open claim, 20 for a message that waits, and up to 20 for the money.
    """
    flagged = sum(THREAT if kind in THREATS else FLAG for kind in flags)
    reported = REPORT + 10 * (min(reports, REPORTS) - 1) if reports else 0
    return flagged + reported + CLAIM * bool(claims) + HELD * bool(held) + points(price)


class Place(NamedTuple):
    """Where an item stands in the queue: the smallest comes first, and time does not change it."""

    before: int
    at: datetime
    item: str


def place(priority: int, since: datetime, price: int, item: str) -> Place:
    """By priority, then by how long it has waited, money giving a head start."""
    return Place(-priority, since - points(price) * LEAD, item)
