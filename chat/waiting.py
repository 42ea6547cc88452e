"""Messages that wait unread: one notice to whoever was away for a quiet time, over all their threads, each told once.

Looked for by the clock's round among what was written in a span of time, never while a message is written. The span
ends a quiet time ago, so that all of it is committed and none is lost between two looks. Must never hold a word of a
message: what was hidden since, or is held, would leave with it.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from chat import installation, jobs
from chat.models import Entry, Installation, Person, Place, Thread
from chat.policy import policy
from chat.rules import PARTIES

logger = logging.getLogger(__name__)

NOTICE = "messages.waiting"

# Whoever has a message of the span not read on any device, not told of, and not muted.
AWAY = """
SELECT DISTINCT p.id
FROM (SELECT thread_id, by_user, max(seq) AS last FROM chat_entry
      WHERE at > %s AND at <= %s AND kind = 'message' AND by_role IN ('buyer', 'seller')
      GROUP BY thread_id, by_user) m
JOIN chat_thread t ON t.id = m.thread_id
JOIN chat_person p ON p.id IN (t.buyer_id, t.seller_id) AND p.id <> m.by_user
LEFT JOIN chat_place l ON l.thread_id = t.id AND l.user_id = p.id
WHERE m.last > COALESCE(l.read, 0) AND m.last > COALESCE(l.told, 0) AND NOT COALESCE(l.muted, FALSE)
"""


def look() -> None:
    """Write a notice for everybody whose messages have waited long enough since the last look."""
    since, until = _looked_until(), _before(installation.now())
    if since is None:
        # Nobody is told of old times. From here on nothing is passed over.
        Installation.objects.filter(waiting_until=None).update(waiting_until=until)
    elif Entry.objects.filter(at__gt=since, at__lte=until).exists():
        failed = [user for user in _away(since, until) if not _told(user)]
        # Whoever was told remembers it: a look that ends before this, or beside another, tells nobody twice.
        if not failed:
            Installation.objects.filter(waiting_until__lt=until).update(waiting_until=until)


def next_at(now: datetime) -> datetime | None:
    """When the first message that was not yet looked at will have waited long enough."""
    since = max(_looked_until() or now, _before(now))
    first = Entry.objects.filter(at__gt=since, kind="message").aggregate(at=Min("at"))["at"]
    return None if first is None else first + timedelta(minutes=policy.quiet_minutes)


def _before(now: datetime) -> datetime:
    return now - timedelta(minutes=policy.quiet_minutes)


def _looked_until() -> datetime | None:
    return Installation.objects.values_list("waiting_until", flat=True).get(id=1)


def _away(since: datetime, until: datetime) -> list[str]:
    span = [connection.ops.adapt_datetimefield_value(at) for at in (since, until)]
    with connection.cursor() as cursor:
        cursor.execute(AWAY, span)
        return [user for (user,) in cursor.fetchall()]


def _told(user: str) -> bool:
    """Tell one; false where that failed, which never stops the others."""
    try:
        _tell(user)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("%s could not be told of waiting messages", user)
        return False
    return True


@transaction.atomic
def _tell(user: str) -> None:
    # Two looks take turns at a person; the second finds everything told.
    Person.objects.select_for_update(no_key=True).get(pk=user)
    threads = list(_unread(user))
    if not threads:
        return
    now = installation.now()
    told = [Place(thread=thread, user_id=user, told=thread.head) for thread in threads]
    Place.objects.bulk_create(told, update_conflicts=True, unique_fields=["thread", "user"], update_fields=["told"])
    key, facts = f"{user}:{NOTICE}:{now.timestamp():.6f}", _facts(user, threads)
    payload = {"user": user, "notice": NOTICE, "thread": None, "order": None, "facts": facts, "key": key}
    jobs.enqueue("notice", key, payload, now)


def _unread(user: str) -> QuerySet[Any]:
    """The person's threads with messages that they neither read nor were told of, each with their `count`."""
    mine = Place.objects.filter(thread=OuterRef("pk"), user=user)
    deleted = Entry.objects.filter(thread=OuterRef("thread"), target=OuterRef("seq"), kind="message.redacted")
    messages = (
        Entry.objects.filter(thread=OuterRef("pk"), seq__gt=OuterRef("my_read"), kind="message", by_role__in=PARTIES)
        .filter(~Exists(deleted), seq__gt=OuterRef("my_told"))
        .exclude(by_user=user)
        .order_by()
        .values("thread")
        .annotate(n=Count("pk"))
        .values("n")
    )
    threads = Thread.objects.select_related("buyer", "seller").filter(Q(buyer=user) | Q(seller=user))
    threads = threads.annotate(
        my_read=Coalesce(Subquery(mine.values("read")[:1]), 0),
        my_told=Coalesce(Subquery(mine.values("told")[:1]), 0),
        my_muted=Coalesce(Subquery(mine.values("muted")[:1]), False),
    ).filter(my_muted=False, head__gt=F("my_read"))
    return threads.annotate(count=Coalesce(Subquery(messages), 0)).filter(count__gt=0).order_by("-last_at", "id")


def _facts(user: str, threads: Iterable[Any]) -> dict[str, Any]:
    rows = [
        {
            "thread": thread.id,
            "order": thread.order,
            "title": thread.title,
            "other": _name(thread.seller if thread.buyer_id == user else thread.buyer),
            "count": thread.count,
        }
        for thread in threads
    ]
    return {"count": sum(row["count"] for row in rows), "threads": rows}


def _name(person: Person) -> str:
    return person.name or person.id
