"""A pack is written a page at a time, however long the thread: EVIDENCE_ENTRIES=50000 measures a very long one."""

import os
import time
import tracemalloc
import uuid
from datetime import timedelta

from django.db import connection

from chat.identity import HOST
from chat.models import Entry, Thread, Words
from moderation.evidence import export
from tests.market import Deal
from tests.moderation.packs import verify

MANY = int(os.environ.get("EVIDENCE_ENTRIES") or 6000)
TEXT = "So it goes on and on. " * 40


def talked(deal: Deal) -> None:
    """So many messages that nobody could write them one by one here: rows as the log writes them."""
    thread = Thread.objects.get(pk=deal.thread)
    for first in range(thread.head + 1, MANY + 1, 5000):
        seqs = range(first, min(first + 5000, MANY + 1))
        by = {"kind": "message", "by_role": "buyer", "by_user": deal.kim.user, "thread": thread}
        at = [thread.last_at + timedelta(milliseconds=seq) for seq in seqs]
        Entry.objects.bulk_create(
            [Entry(seq=seq, entry=uuid.uuid4(), at=at[n], **by) for n, seq in enumerate(seqs)], batch_size=500
        )
        Words.objects.bulk_create(
            [
                Words(thread=thread, seq=seq, body={"text": f"{seq} {TEXT}", "purpose": "chat", "attachments": []})
                for seq in seqs
            ],
            batch_size=500,
        )
    Thread.objects.filter(pk=thread.pk).update(head=MANY)


def test_a_very_long_thread_is_exported_in_little_memory(deal: Deal) -> None:
    talked(deal)
    # The first has the caches filled; it is timed, the second is measured.
    began = time.perf_counter()
    with export(HOST, deal.thread) as file:
        whole = file.read()
    took = time.perf_counter() - began
    tracemalloc.start()
    export(HOST, deal.thread).close()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{MANY} entries, {len(whole)} bytes: {took:.2f} s, {peak} bytes at most, {connection.vendor}")
    assert peak < len(whole) / 2
    began = time.perf_counter()
    assert len(verify(whole)[1]) == MANY
    print(f"verified in {time.perf_counter() - began:.2f} s")
