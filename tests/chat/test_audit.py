"""The chain of what staff saw and did: whoever changes a row, takes one out or moves it is found out (I10)."""

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from chat.chain import BEGINNING
from chat.models import AuditRecord
from tests.books import elsewhere
from tests.letters import nobody_delivers
from tests.market import Deal, meet
from tests.stack import Stack
from tests.truths import hold

WHY = "a complaint by phone"


@pytest.fixture(scope="module")
def chained(stack: Stack) -> Iterator[Deal]:
    """A database of its own with looks, notes, acts in two threads and an act about a person."""
    with elsewhere(stack.new_database()), nobody_delivers():
        deal = meet()
        deal.mia.does("moderation.watch", reason=WHY)
        deal.mia.does("moderation.note", text="Seen him before")
        deal.mia.does("moderation.freeze", reason="to look into it")
        deal.max.does("moderation.watch", reason="a second pair of eyes")
        deal.mia.does("moderation.resolve", outcome="unfreeze", reason="there was nothing in it")
        deal.again().lea.does("moderation.watch", reason="a question of the host's")
        deal.mia.does("moderation.suspend", user=deal.odd.user, reason="abuse of the chat")
        yield deal
        hold(deal)


def audit(*words: str) -> str:
    """What `manage.py audit …` prints. Raises CommandError where it ends with 1."""
    out = StringIO()
    call_command("audit", *words, stdout=out)
    return out.getvalue().strip()


@contextmanager
def tampered() -> Iterator[Callable[..., None]]:
    """What somebody with all rights over the database could do, triggers off; afterwards it never happened."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
            else:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {name}")
                cursor.execute("PRAGMA defer_foreign_keys = ON")

            def does(sql: str, *values: Any) -> None:
                cursor.execute(sql, values)
                assert cursor.rowcount, sql

            yield does
        transaction.set_rollback(True)


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def broken(*words: str) -> str:
    with pytest.raises(CommandError) as caught:
        audit("verify", *words)
    return str(caught.value)


def test_every_look_and_act_is_one_record_after_the_other(chained: Deal) -> None:
    records = list(AuditRecord.objects.order_by("n"))
    assert [record.n for record in records] == list(range(1, 8))
    assert [record.action.removeprefix("moderation.") for record in records] == [
        "watch", "note", "freeze", "watch", "resolve", "watch", "suspend",
    ]  # fmt: skip
    first, last = records[0], records[-1]
    assert (first.moderator, first.thread, first.reason) == (chained.mia.user, chained.thread, WHY)
    assert (last.moderator, last.thread, last.user) == (chained.mia.user, "", chained.odd.user)
    assert [record.prev for record in records] == [BEGINNING, *(record.hash for record in records[:-1])]
    assert audit("verify").startswith("7 records hold")
    assert audit("head") == f"7 {last.hash}"


SEEN = "thread_id, moderator, reason, at, until"
CHANGES = {
    "at": "at = '2020-01-01 00:00:00+00:00'", "moderator": "moderator = 'somebody-else'", "action": "action = 'none'",
    "thread": "thread = 'another'", "user": '"user" = \'kim\'', "reason": "reason = 'a better one'",
    "about": "about = '{\"a\": 1}'", "watch": "watch_id = NULL", "act": "act_id = NULL",
    "prev": f"prev = '{'f' * 64}'", "hash": f"hash = '{'f' * 64}'", "n": "n = 70",
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGES)
def test_a_change_of_any_column_of_any_row_is_found(chained: Deal, column: str) -> None:
    assert {field.name for field in AuditRecord._meta.fields} == set(CHANGES)
    for n in range(1, 8):
        before = (
            AuditRecord.objects.filter(n=n).values_list(f"{column}_id" if column in ("watch", "act") else column).get()
        )
        if before == (None,):
            continue
        with tampered() as does:
            does(f"UPDATE chat_auditrecord SET {CHANGES[column]} WHERE n = %s", n)
            assert broken().startswith(f"record {n} "), n
    assert audit("verify")


@pytest.mark.parametrize("n", range(1, 8))
def test_a_row_that_was_taken_out_is_found(chained: Deal, n: int) -> None:
    with tampered() as does:
        does("DELETE FROM chat_auditrecord WHERE n = %s", n)
        assert broken().startswith(f"record {n} is missing")


def test_two_rows_that_changed_places_are_found(chained: Deal) -> None:
    with tampered() as does:
        for old, new in ((3, 90), (5, 3), (90, 5)):
            does("UPDATE chat_auditrecord SET n = %s WHERE n = %s", new, old)
        assert broken().startswith("record 3 ")


def test_a_row_that_was_put_in_is_found(chained: Deal) -> None:
    copied = 'at, moderator, action, thread, "user", reason, about, prev, hash'
    with tampered() as does:
        does(f"INSERT INTO chat_auditrecord (n, {copied}) SELECT 8, {copied} FROM chat_auditrecord WHERE n = 7")
        assert broken().startswith("record 8 does not follow")
    with tampered() as does:
        does(f"INSERT INTO chat_auditrecord (n, {copied}) SELECT 0, {copied} FROM chat_auditrecord WHERE n = 1")
        assert broken().startswith("record 0 does not belong here")


def test_an_end_that_was_cut_off_is_found_by_the_hash_that_was_kept(chained: Deal) -> None:
    _, kept = audit("head").split()
    assert audit("verify", "--expect", kept)
    with tampered() as does:
        does("DELETE FROM chat_auditrecord WHERE n = 7")
        assert broken().startswith("record 7 is missing")
        # Somebody who also winds the end back, and takes out the act itself, leaves a whole chain, but a shorter one.
        does("UPDATE chat_audithead SET n = 6, hash = (SELECT hash FROM chat_auditrecord WHERE n = 6)")
        assert "of chat_staffact was never recorded" in broken()
        does("DELETE FROM chat_staffact WHERE action = 'moderation.suspend'")
        assert audit("verify").startswith("6 records hold")
        assert kept in broken("--expect", kept)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE chat_watch SET reason = 'a better one' WHERE reason = %s", "record 1 "),
        ("UPDATE chat_watch SET until = at WHERE reason = %s", "record 1 "),
        ("DELETE FROM chat_watch WHERE reason = %s", "record 1 "),
        ("UPDATE chat_staffact SET moderator = 'max' WHERE action = 'moderation.note' AND %s <> ''", "record 2 "),
        (f"INSERT INTO chat_watch ({SEEN}) SELECT {SEEN} FROM chat_watch WHERE reason = %s", "row "),
    ],
)
def test_a_look_or_an_act_that_is_not_as_recorded_is_found(chained: Deal, change: str, told: str) -> None:
    with tampered() as does:
        does(change, WHY)
        assert broken().startswith(told)


def test_an_older_database_s_looks_and_acts_are_chained_as_if_it_had_always_been_so(chained: Deal) -> None:
    """Up to the order of what happened at one instant."""
    migration = import_module("chat.migrations.0005_audit")
    told = audit("verify")
    with tampered() as does:
        does("DELETE FROM chat_auditrecord")
        does("DELETE FROM chat_audithead")
        migration.chain(apps, None)
        assert audit("verify") == told


def test_a_check_while_staff_go_on_acting_raises_no_alarm(chained: Deal) -> None:
    done = threading.Event()

    def notes() -> None:
        try:
            while not done.is_set():
                chained.mia.does("moderation.note", text="In the meantime")
        finally:
            connection.close()

    before = AuditRecord.objects.count()
    with ThreadPoolExecutor(1) as pool:
        noting = pool.submit(notes)
        try:
            while AuditRecord.objects.count() < before + 20:
                assert audit("verify")
        finally:
            done.set()
        noting.result()


@pytest.mark.parametrize("change", ["n = n + 1", "n = n - 1", f"hash = '{'f' * 64}'"])
def test_an_end_that_is_another_is_found(chained: Deal, change: str) -> None:
    with tampered() as does:
        does(f"UPDATE chat_audithead SET {change}")
        assert broken().startswith("record ")


def test_moderators_who_act_at_once_in_many_threads_make_one_chain(chained: Deal) -> None:
    before, deals = AuditRecord.objects.count(), [chained, *(chained.again() for _ in range(3))]

    def notes(deal: Deal) -> None:
        try:
            for person in (deal.mia, deal.max, deal.lea) * 2:
                person.does("moderation.note", text="All at once")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deals)) as pool:
        list(pool.map(notes, deals))
    assert audit("verify").startswith(f"{before + 6 * len(deals)} records hold")


@pytest.mark.parametrize("sql", ["UPDATE chat_auditrecord SET reason = 'x'", "DELETE FROM chat_auditrecord"])
def test_the_database_refuses_to_change_a_record(chained: Deal, sql: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(sql)
    assert audit("verify")


CHANGE_IT = (
    "UPDATE {} SET at = at", "DELETE FROM {}", "TRUNCATE {} CASCADE", "ALTER TABLE {} DISABLE TRIGGER ALL",
    "DROP TABLE {} CASCADE",
)  # fmt: skip


@pytest.mark.postgres
def test_the_server_s_own_role_may_add_to_the_records_and_change_none(chained: Deal) -> None:
    role = f"serving_{uuid.uuid4().hex[:8]}"
    run(f"CREATE ROLE {role}")
    try:
        assert "REVOKE UPDATE, DELETE, TRUNCATE" in audit("grants", role, "--execute")
        run(f"SET ROLE {role}")
        assert chained.mia.does("moderation.note", text="As the serving role")
        assert chained.kim.does("message.send")
        for table in ("chat_auditrecord", "chat_watch", "chat_staffact", "chat_entry"):
            for sql in CHANGE_IT:
                with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
                    run(sql.format(table))
    finally:
        for sql in ("RESET ROLE", f"DROP OWNED BY {role}", f"DROP ROLE {role}"):
            run(sql)
    assert audit("verify")
