"""The audit: what staff saw and did is written down in the transaction that did it, each record sealed with the last.

Must never be skipped where staff look or act (I10). Records are gathered while the act runs and sealed at its very end:
the end of the chain is the last lock of all, so that it is held shortly and nobody who holds it waits for another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chat.actors import Actor
from chat.acts import Act
from chat.chain import sealed
from chat.entries import stamp
from chat.models import AuditHead, AuditRecord, StaffAct, Thread, Watch


@dataclass(slots=True)
class Deed:
    """An act of staff that belongs to no thread: who, when, and what is to be recorded of it."""

    actor: Actor
    now: datetime
    audit: tuple[AuditRecord, ...] = ()


class Done(Protocol):
    """Who of staff acts, and when: an Act in a thread, or a Deed."""

    actor: Actor
    now: datetime
    audit: tuple[AuditRecord, ...]


def looked(act: Act, why: str, until: datetime) -> Watch:
    """A moderator may see the act's thread until then: the row is the right and, recorded, the look."""
    row = Watch(thread=act.thread, moderator=act.actor.user, reason=why, at=act.now, until=until)
    row.save(force_insert=True)
    add(act, "moderation.watch", why, act.thread.id, watch=row, about={"until": stamp(until)})
    return row


def acted(done: Done, thread: Thread | None, action: str, why: str, about: dict[str, Any]) -> None:
    """An act or a note of staff. Whom it concerns stands in `about` as `user`."""
    row = StaffAct(thread=thread, moderator=done.actor.user, action=action, reason=why, about=about, at=done.now)
    row.save(force_insert=True)
    add(done, action, why, thread.id if thread else "", act=row, about=about)


def add(done: Done, action: str, why: str, thread: str = "", **of: Any) -> None:
    """Have a record sealed when the act is done. `of`: about, and the `watch` or the `act` that it records."""
    user = str(of.get("about", {}).get("user", ""))
    fields = {"moderator": done.actor.user, "action": action, "thread": thread, "user": user, "reason": why, **of}
    done.audit += (AuditRecord(at=done.now, **fields),)


def seal(done: Iterable[Done]) -> None:
    """Write what these acts gathered at the end of the chain. To be called last in their transaction."""
    records = [record for each in done for record in each.audit]
    if not records:
        return
    head = AuditHead.objects.select_for_update().get(id=1)
    for record in records:
        record.n, record.prev = head.n + 1, head.hash
        record.hash = sealed(record)
        head.n, head.hash = record.n, record.hash
    AuditRecord.objects.bulk_create(records)
    head.save(update_fields=["n", "hash"])
