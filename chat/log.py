"""The log: the one road of every write and the only writer of entries.

(actor, command) → entry, in one transaction, on the locked thread. Command ids are answered before any rule; what
was committed is announced after, never before. Nothing but this and group.py, which does the same for many messages
at once, may insert an Entry or move a thread's head.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from chat import answers, audit, connections, flags, installation
from chat.actors import Actor
from chat.acts import ROLES, Act, role_in
from chat.announce import Committed, Record, Touched, announce
from chat.locks import is_lock_refusal
from chat.models import Entry, Person, Thread, Words
from chat.refusals import Refused
from chat.rules import Role

Handle = Callable[[Act], dict[str, Any]]
_joined: list[Callable[[list[Act]], None]] = []


def join(writer: Callable[[list[Act]], None]) -> None:
    """Have something more written in the transaction of every write; not of messages in a group (group.py)."""
    _joined.append(writer)


def write(actor: Actor, thread: str, handle: Handle, *, key: str = "", digest: bytes = b"") -> dict[str, Any]:
    """Take one write. `key` is the command's id ("" for the clock), `digest` its content.

    Returns the reply with `duplicate`. Raises Refused; after it nothing was changed, but for `unknown_outcome`.
    """

    def begin() -> Act:
        return admitted(actor, thread, key)

    return _transact(actor, begin, handle, key, digest)


def begin_thread(
    actor: Actor, make: Callable[[datetime], Thread], handle: Handle, *, key: str, digest: bytes
) -> dict[str, Any]:
    """Take the write that opens a thread: `make` builds its row at that instant. Returns and raises as `write`."""

    def begin() -> Act:
        now = installation.now()
        return Act(make(now), now, actor, ROLES[actor.standing])

    return _transact(actor, begin, handle, key, digest)


def admitted(actor: Actor, thread: str, key: str = "") -> Act:
    """Lock the thread for the actor. Raises Refused not_found where it is absent or not theirs to see."""
    row = Thread.objects.select_for_update(of=("self",)).select_related("buyer", "seller").filter(pk=thread).first()
    if row is None:
        raise Refused("not_found")
    role = role_in(actor, row)
    suspended = suspended_in(actor, row, role)
    return Act(row, max(installation.now(), row.last_at), actor, role, key, suspended)


def suspended_in(actor: Actor, thread: Thread, role: Role) -> bool:
    """Whether the actor may not act at all. The parties' rows came with the thread's."""
    match role:
        case Role.BUYER:
            person: Person | None = thread.buyer
        case Role.SELLER:
            person = thread.seller
        case Role.MODERATOR:
            person = Person.objects.filter(pk=actor.user).first()
        case _:
            person = None
    return person is not None and person.suspended_at is not None


def _transact(actor: Actor, begin: Callable[[], Act], handle: Handle, key: str, digest: bytes) -> dict[str, Any]:
    return met(key, partial(_once, actor, begin, handle, key, digest))


def met(key: str, once: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do it once; where the same (user, id) came at the same moment on another road, its answer is there now."""
    try:
        return once()
    except IntegrityError:
        if not key:
            raise
        return once()


def _once(actor: Actor, begin: Callable[[], Act], handle: Handle, key: str, digest: bytes) -> dict[str, Any]:
    with one_commit():
        act = begin()
        try:
            if seen := answers.find(actor, key, digest):
                return seen
            reply = act.reply(handle(act))
        except Refused as refused:
            if refused.code not in ("not_found", "bad_request"):
                refused.info.setdefault("state", act.thread.state)
            raise
        acts = [act, *act.beside]
        store(acts)
        for each in acts:
            if each.caught:
                flags.keep(each)
                touch(each.thread.id)
        for writer in _joined:
            writer(acts)
        if not reply.get("duplicate"):
            answers.keep(actor, key, digest, reply)
        audit.seal(acts)
    return {"duplicate": False} | reply


@contextmanager
def one_commit() -> Iterator[None]:
    """A transaction whose faults say what became of it. Raises Refused busy, unavailable or unknown_outcome."""
    committing = False
    try:
        with transaction.atomic():
            yield
            committing = True
    except (OperationalError, InterfaceError) as fault:
        if is_lock_refusal(fault):
            raise Refused("busy", after_ms=500) from fault
        connections.lost()
        raise Refused("unknown_outcome" if committing else "unavailable") from fault


def store(acts: Iterable[Act]) -> None:
    """Insert what the acts append, move their threads, and announce it all once it is committed."""
    acts = list(acts)
    insert(acts)
    transaction.on_commit(partial(tell, acts))


def insert(acts: Iterable[Act]) -> None:
    """The same without a word of it: whoever calls this has to tell it after the commit."""
    threads: dict[str, Thread] = {}
    entries: list[Entry] = []
    words: list[Words] = []
    for act in acts:
        thread = threads.setdefault(act.thread.id, act.thread)
        if act.records:
            thread.last_at = act.now
            entries += [_skeleton(thread, record) for record in act.records]
            words += [Words(thread=thread, seq=record.seq, body=record.body) for record in act.records]
    Entry.objects.bulk_create(entries)
    Words.objects.bulk_create(words)
    for thread in threads.values():
        thread.save(update_fields=MOVED)


def tell(acts: Iterable[Act]) -> None:
    """Announce what was committed, once for each thread."""
    told: dict[str, tuple[Thread, list[Record]]] = {}
    for act in acts:
        if act.records:
            told.setdefault(act.thread.id, (act.thread, []))[1].extend(act.records)
    for thread, records in told.values():
        announce(Committed(thread.id, thread.buyer_id, thread.seller_id, tuple(records)))


def touch(thread: str) -> None:
    """Announce, once this transaction is committed, that staff have something new to see that is no entry."""
    transaction.on_commit(lambda: announce(Touched(thread)))


def _skeleton(thread: Thread, record: Record) -> Entry:
    return Entry(
        thread=thread,
        seq=record.seq,
        entry=record.entry,
        kind=record.kind,
        at=record.at,
        by_role=record.by_role,
        by_user=record.by_user,
        command=record.command,
        target=record.body.get("target"),
    )


MOVED = ("head", "last_at", "mode", "state", "follow_ups", "left_by", "left_at", "left_seq")
