"""Walks the audit's chain and names the first row that is not as it was written. Must never change one.

A chain tells what was changed, taken out, put in or moved. That its end was cut off, or that all of it was written
anew, only a hash that was kept elsewhere can tell (`expected`).
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from chat.chain import BEGINNING, sealed
from chat.entries import stamp
from chat.models import AuditHead, AuditRecord, StaffAct, Watch

logger = logging.getLogger(__name__)

AT_ONCE = 1000
ANOTHER_END = "is not where the chain ended (chat_audithead)"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and with which record of the chain; None where it is with none."""

    n: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many records hold, the hash of the last of them, and the first fault."""

    records: int
    hash: str
    fault: Fault | None


def verify(expected: Iterable[str] = ()) -> Verdict:
    """Walk all of it, a portion at a time. `expected`: hashes that must stand in it, as `head` once told them.

    Staff may go on acting meanwhile: the end is looked up before and after, and the walk has to end between the two.
    """
    missing = {each: None for each in expected if each != BEGINNING}
    n, last, began = 0, BEGINNING, head()
    for record in AuditRecord.objects.select_related("watch", "act").order_by("n").iterator(AT_ONCE):
        if what := _wrong(record, n, last):
            return Verdict(n, last, Fault(min(record.n, n + 1), what))
        n, last = record.n, record.hash
        missing.pop(last, None)
        if n == began[0] and last != began[1]:
            return Verdict(n, last, Fault(n, ANOTHER_END))
    return Verdict(n, last, next(_of_the_whole(n, last, began[0], missing), None))


def head() -> tuple[int, str]:
    """(n, hash) of the last record: what is to be kept elsewhere."""
    end = AuditHead.objects.get(id=1)
    return end.n, end.hash


def tell_head() -> None:
    """Log the end of the chain: logs are kept where the database's owner may have no hand in."""
    n, last = head()
    if n:
        logger.info("audit: record %d, hash %s", n, last)


def _wrong(record: Any, n: int, last: str) -> str:
    """What is wrong with a record that comes after number `n`; empty where it holds."""
    if record.n != n + 1:
        return "is missing" if record.n > n + 1 else "does not belong here"
    if record.prev != last:
        return "does not follow from the one before it"
    if record.hash != sealed(record):
        return "was changed"
    if record.watch_id is not None and _look(record.watch) != _look(record):
        return "records a look that was changed or taken out (chat_watch)"
    if record.act_id is not None and _act(record.act) != _act(record):
        return "records an act that was changed or taken out (chat_staffact)"
    return ""


def _look(row: Any) -> tuple[Any, ...]:
    if row is None:
        return ()
    thread, until = (
        (row.thread, row.about.get("until")) if isinstance(row, AuditRecord) else (row.thread_id, stamp(row.until))
    )
    return row.at, row.moderator, row.reason, thread, until


def _act(row: Any) -> tuple[Any, ...]:
    if row is None:
        return ()
    thread = row.thread if isinstance(row, AuditRecord) else row.thread_id or ""
    return row.at, row.moderator, row.action, row.reason, row.about, thread


def _of_the_whole(n: int, last: str, least: int, missing: Iterable[str]) -> Iterator[Fault]:
    end, end_hash = head()
    if n < least:
        yield Fault(n + 1, "is missing: the chain once went further")
    if n > end or (n == end and last != end_hash):
        yield Fault(n, ANOTHER_END)
    for name, rows in (("chat_watch", Watch.objects), ("chat_staffact", StaffAct.objects)):
        row = rows.filter(record=None).order_by("pk").first()
        if row is not None:
            yield Fault(None, f"row {row.pk} of {name} was never recorded")
    for each in missing:
        yield Fault(n, f"is the last, and the hash that was kept elsewhere is not in the chain: {each}")
