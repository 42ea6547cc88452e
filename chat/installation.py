"""What this database is, and what time it is in the trade. Never for tokens, heartbeats or rates.

Trade time is the database's, so that several hosts agree; ask after the locks are held, or a later entry
could carry an earlier `at`. The stored offset moves it only with TEST_CLOCK=1 (protocol.md §10).
"""

import uuid
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F

from chat.models import Installation

CLOCK = "SELECT clock_timestamp()"
MOVED_CLOCK = "SELECT clock_timestamp() + clock_offset_s * interval '1 second' FROM chat_installation WHERE id = 1"


def now() -> datetime:
    """Trade time in UTC, to the microsecond: `at`, `welcome.now`, deadlines and windows (protocol.md §10)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(MOVED_CLOCK if settings.ENV.test_clock else CLOCK)
            moment: datetime = cursor.fetchone()[0]
        return moment.astimezone(UTC)
    if not settings.ENV.test_clock:
        return datetime.now(UTC)
    return datetime.now(UTC) + timedelta(seconds=_row().clock_offset_s)


def move_clock(seconds: int) -> None:
    """Move trade time on for good; acting on what is then due is orders.clock's. Refusing is the caller's."""
    Installation.objects.filter(id=1).update(clock_offset_s=F("clock_offset_s") + seconds)


def epoch() -> str:
    """Names this life of the database: a client that knows another one starts afresh (protocol.md §4)."""
    return str(_row().epoch)


def renew_epoch() -> str:
    """After a restored backup seqs may be given twice, so no client may resume. Returns the new epoch."""
    fresh = uuid.uuid4()
    Installation.objects.filter(id=1).update(epoch=fresh)
    return str(fresh)


def _row() -> Installation:
    return Installation.objects.get(id=1)
