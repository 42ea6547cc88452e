"""A write in flight, before anything of it is stored: who acts as what, when, and what is appended.

Must never touch the database: the log stores it, in one transaction or among others in a group.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import uuid_utils

from chat.actors import Actor, Standing
from chat.announce import Record
from chat.catching.kinds import Find
from chat.catching.sifting import Sifted, sift
from chat.entries import Body, stamp
from chat.models import AuditRecord, Thread
from chat.refusals import Refused
from chat.rules import PARTIES, THREAD, Role, Rule, Table

ROLES = {Standing.MODERATOR: Role.MODERATOR, Standing.HOST: Role.HOST, Standing.CLOCK: Role.CLOCK}


@dataclass(slots=True)
class Act:
    """One write in flight: the locked thread, the instant (never before the thread's last), who acts as what."""

    thread: Thread
    now: datetime
    actor: Actor
    role: Role
    command: str = ""
    suspended: bool = False
    records: list[Record] = field(default_factory=list)
    own: Record | None = None
    beside: tuple["Act", ...] = ()
    caught: tuple[Sifted, ...] = ()
    held: str = ""
    audit: tuple[AuditRecord, ...] = ()

    def check(self, table: Table, action: str, state: str, *, role: Role | None = None) -> Rule:
        """The rule that allows this now. Raises Refused in the order of protocol.md §6."""
        self.stand()
        return judge(table, action, state, role or self.role, self.thread.mode, self.role)

    def stand(self) -> None:
        """Raise Refused suspended for a person who may do nothing at all: that comes before any role."""
        if self.suspended:
            raise Refused("suspended")

    def sift(self, text: str, field: str = "text", *, may_hold: bool = False, piece: Find | None = None) -> str:
        """A party's text as others may read it; what was caught in it is stored with the act. Staff's is their own."""
        if self.role not in PARTIES:
            return text
        sifted = sift(text, self.thread.state, self.thread.category, field, may_hold=may_hold, piece=piece)
        if sifted.caught:
            self.caught += (sifted,)
        return sifted.shown

    def append(self, body: Body, *, own: bool = False) -> Record:
        """Add an entry; `own` marks the one that the command asked for and that carries its id."""
        return self.add(body.kind, body.wire(), own=own)

    def add(self, kind: str, said: dict[str, Any], *, own: bool = False) -> Record:
        """The same, of a body that is written out already."""
        role = self.role
        thread = self.thread
        head = thread.head = thread.head + 1
        user = "" if role is Role.CLOCK or role is Role.HOST else self.actor.user
        command = self.command if own else ""
        record = Record(head, str(uuid_utils.uuid7()), kind, self.now, role, user, command, said)
        self.records.append(record)
        if own:
            self.own = record
        return record

    def open(self, thread: Thread) -> "Act":
        """Begin another thread's log in the same transaction (a follow-up order's)."""
        act = Act(thread, self.now, self.actor, self.role)
        self.beside += (act,)
        return act

    def reply(self, result: dict[str, Any]) -> dict[str, Any]:
        """What the command is answered: the act's own entry's place, or only the time where nothing was appended."""
        if self.caught:
            result = result | {"caught": [caught for sifted in self.caught for caught in sifted.wire()]}
        if self.own is None:
            return {"at": stamp(self.now)} | result
        return self.own.placed() | result


def judge(table: Table, action: str, state: str, role: Role, mode: str, own: Role) -> Rule:
    """The rule that allows this to a `role` (that of a person whose role in the thread is `own`). Raises Refused."""
    if not table.knows(action, role):
        raise Refused("wrong_role")
    if table is not THREAD and own in PARTIES:
        THREAD.check("review" if action.startswith("review.") else "trade", mode, own)
    return table.check(action, state, role)


def role_in(actor: Actor, thread: Thread) -> Role:
    """The actor's role in this thread: a party's before a moderator's. Raises Refused not_found for an outsider."""
    standing, user = actor.standing, actor.user
    if standing is Standing.HOST or standing is Standing.CLOCK:
        return ROLES[standing]
    if user == thread.buyer_id:
        return Role.BUYER
    if user == thread.seller_id:
        return Role.SELLER
    if standing is Standing.MODERATOR:
        return Role.MODERATOR
    raise Refused("not_found")
