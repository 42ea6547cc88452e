"""What moderators were given to read: which entries of which thread, noted in memory and recorded once a minute.

A record for every page would double what a look costs. The right to look is recorded before anything is given
(audit.looked); what is noted here comes within EVERY_S after it was given, and at the end of the process. A process
that is killed takes its last minute along: the look itself stays on record.
"""

import threading

from django.db import transaction

from chat import audit, installation
from chat.actors import Actor
from chat.audit import Deed

EVERY_S = 60.0
READ = "moderation.read"

Ranges = list[tuple[int, int]]

_guard = threading.Lock()
_given: dict[tuple[Actor, str], Ranges] = {}


def gave(actor: Actor, thread: str, first: int, last: int) -> None:
    """A moderator is given these entries of the thread. Waits for nothing."""
    with _guard:
        ranges = _given.setdefault((actor, thread), [])
        if ranges and ranges[-1][0] <= first <= ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
        else:
            ranges.append((first, last))


def record() -> int:
    """Write down what was given since the last time; returns how many records. Blocks; loses nothing where it fails."""
    with _guard:
        taken = dict(_given)
        _given.clear()
    try:
        with transaction.atomic():
            now = installation.now()
            deeds = []
            for (actor, thread), ranges in taken.items():
                deed = Deed(actor, now)
                audit.add(deed, READ, "", thread, about={"entries": [list(each) for each in merged(ranges)]})
                deeds.append(deed)
            audit.seal(deeds)
    except Exception:
        for (actor, thread), ranges in taken.items():
            for first, last in ranges:
                gave(actor, thread, first, last)
        raise
    return len(taken)


def merged(ranges: Ranges) -> Ranges:
    """The same without overlaps, ascending."""
    found: Ranges = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
