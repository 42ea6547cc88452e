"""Reading the records of what staff saw and did: a lead's of everybody, a moderator's own. For no party."""

from typing import Any

from django.db.models import Q

from chat import staff
from chat.actors import Actor
from chat.entries import stamp
from chat.models import AuditRecord
from chat.refusals import Refused
from chat.rules import STAFF, Always
from moderation.asking import ModerationAudit


def read(actor: Actor, command: ModerationAudit) -> dict[str, Any]:
    """{records, cursor}, the newest first; `user` is who acted or whom it concerned. Raises Refused wrong_role."""
    role = staff.role_of(actor)
    STAFF.check(command.type, Always.ALWAYS, role)
    rows = AuditRecord.objects.order_by("-n")
    if not STAFF.knows("moderation.audit:all", role):
        rows = rows.filter(moderator=actor.user)
    if command.user is not None:
        rows = rows.filter(Q(user=command.user) | Q(moderator=command.user))
    if command.thread is not None:
        rows = rows.filter(thread=command.thread)
    if command.cursor is not None:
        rows = rows.filter(n__lt=_number(command.cursor))
    page = list(rows[: command.limit + 1])
    more = len(page) > command.limit
    page = page[: command.limit]
    return {"records": [_shown(row) for row in page], "cursor": str(page[-1].n) if more else None}


def _number(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise Refused("bad_request", "This cursor is none of ours.", field="cursor")
    return int(cursor)


def _shown(row: AuditRecord) -> dict[str, Any]:
    said: dict[str, Any] = {"n": row.n, "at": stamp(row.at), "moderator": row.moderator, "action": row.action}
    said |= {"thread": row.thread} if row.thread else {}
    said |= {"user": row.user} if row.user else {}
    return said | {"reason": row.reason, "about": row.about, "hash": row.hash}
