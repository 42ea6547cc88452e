"""1 000 live threads at 200 entries/s, with moderators' feeds open and without: they are opened
and closed every two seconds, so that what the machine does meanwhile concerns both alike.

Open are a page of the newest 100 threads and the pages of four people. A row is right if its page ends as the database
says; an entry is late by the time from its `at` until a row told of it. The newest page passes an entry by where a
hundred threads are newer before it could be told: of a person's page every entry is owed.
"""

import threading
import time
from typing import Any

import psycopg

from bench.arena import Arena
from bench.book import Ratio
from bench.load.moderator import Moderators, Row, Screen
from bench.load.work import Report, Work
from bench.names import PEOPLE, Seat, parties
from bench.stage import JWT_SECRET

NAME = "feed"
TITLE = "the moderators' feed, 1 000 threads at 200 entries/s"
PER_S = 200
EACH = 5
LIMIT = 100
# In turn: so many spans of so many seconds.
SLICES, SLICE_S = 12, 2.0
# Feeds began to open, were open, and were closed: how long a first page takes is not what is measured.
Span = tuple[float, float, float]
WANTED: list[dict[str, Any]] = [{"limit": LIMIT}, *({"user": f"b{n}"} for n in range(4))]

RATIOS = (
    Ratio("parties' p99 with a feed open : without", "with", "p99_ms", "without", "≤ 1.2"),
    Ratio("parties' p50 with a feed open : without", "with", "p50_ms", "without", "≤ 1.2"),
    Ratio("latest row of a person's page, s", "rows", "latest_s", "one", "≤ 1"),
    Ratio("p99 of rows of the newest page, s", "rows", "newest_p99_s", "one", "≤ 1"),
    Ratio("rows that are wrong in the end", "rows", "wrong", "one", "0"),
)

WRITTEN = """
SELECT thread_id, seq, extract(epoch FROM at)::float FROM chat_entry WHERE at > to_timestamp(%s) AND kind = 'message'"""
PAGE = """
SELECT t.id, t.head, o.state FROM chat_thread t JOIN orders_order o ON o.thread_id = t.id
WHERE %(user)s::text IS NULL OR t.buyer_id = %(user)s ORDER BY t.last_at DESC, t.id DESC LIMIT %(limit)s"""


def run(arena: Arena) -> None:
    # A server that has just started is slow to everybody.
    arena.charge(arena.ours(), _works(arena), 6)
    for _ in range(arena.effort.rounds):
        _in_turn(arena)
        _watched(arena)
        for figure in ("latest_s", "newest_p99_s", "wrong"):
            arena.book.values[NAME, "one", figure].append(1.0)


def _works(arena: Arena) -> list[Work]:
    seats = [tuple(Seat(user, threads(n)) for user in parties(n)) for n in range(PEOPLE)]
    return arena.spread(arena.ours(), "pump", seats, rate=PER_S / arena.effort.processes)


def _talk(arena: Arena, seconds: float) -> Report:
    report, _ = arena.charge(arena.ours(), _works(arena), seconds)
    if report.lost:
        arena.book.fault(f"{report.lost} of {report.sent} messages were lost")
    return report


def _in_turn(arena: Arena) -> None:
    """One run in which the feeds are opened and closed every two seconds."""
    over, spans = threading.Event(), list[Span]()
    toggling = threading.Thread(target=_toggle, args=(arena.ours().process.port, over, spans), daemon=True)
    toggling.start()
    report = _talk(arena, SLICES * SLICE_S)
    over.set()
    toggling.join()
    said: dict[str, list[float]] = {"with": [], "without": []}
    for meant, late in zip(report.meant, report.latencies, strict=True):
        if any(opened <= meant < end for _, opened, end in spans):
            said["with"].append(late)
        elif not any(begin <= meant < opened for begin, opened, _ in spans):
            said["without"].append(late)
    for name, found in said.items():
        ordered = sorted(found) or [0.0]
        figures = {f"p{p}_ms": ordered[len(ordered) * p // 100] * 1000 for p in (50, 90, 99)}
        arena.book.note(NAME, name, messages=len(found), **figures)


def _toggle(port: int, over: threading.Event, spans: list[Span]) -> None:
    # While the generator connects nothing is to be learnt.
    over.wait(SLICE_S)
    while not over.is_set():
        begin = time.monotonic()
        with Moderators(port, JWT_SECRET, WANTED):
            opened = time.monotonic()
            over.wait(SLICE_S)
        spans.append((begin, opened, time.monotonic()))
        over.wait(SLICE_S)


def _watched(arena: Arena) -> None:
    begun = float(arena.stage.ask("ours", "SELECT extract(epoch FROM clock_timestamp())"))
    with Moderators(arena.ours().process.port, JWT_SECRET, WANTED) as moderators:
        report = _talk(arena, 2 * arena.effort.count_s)
        wrong = _settled(arena, moderators.screens)
    newest, *persons = [_lateness(arena, screen, begun) for screen in moderators.screens]
    owed = [late for person in persons for late in person]
    frames = moderators.screens[0].frames
    arena.book.note(
        NAME,
        "rows",
        latest_s=max(owed),
        newest_p99_s=sorted(newest)[len(newest) * 99 // 100],
        told_share=len(newest) / max(1, report.sent),
        owed=len(owed),
        rows_a_frame=sum(frames) / max(1, len(frames)),
        wrong=wrong,
    )
    if wrong:
        arena.book.fault(f"{wrong} rows are not what the database says")


def threads(number: int) -> tuple[str, ...]:
    """Five threads of one pair of people."""
    return tuple(f"t{number + PEOPLE * k}" for k in range(EACH))


def _settled(arena: Arena, screens: list[Screen]) -> int:
    """How many rows differ from the database once everything has come to rest."""
    wrong = 0
    for _ in range(40):
        wrong = sum(_wrong(arena, screen) for screen in screens)
        if not wrong:
            return 0
        time.sleep(0.1)
    return wrong


def _wrong(arena: Arena, screen: Screen) -> int:
    wanted = {"user": screen.wanted.get("user"), "limit": screen.wanted.get("limit", 50)}
    with psycopg.connect(arena.stage.postgres.url("ours")) as connection:
        truth = {row[0]: row[1:] for row in connection.execute(PAGE, wanted).fetchall()}
    shown: dict[str, Row] = screen.shown
    said = {thread: (row["head"], row["state"]) for thread, row in shown.items()}
    return len(truth.items() ^ said.items())


def _lateness(arena: Arena, screen: Screen, since: float) -> list[float]:
    """Seconds from each entry until a row told of it; on a person's page one that was never told is infinitely late."""
    told: dict[str, list[tuple[float, int]]] = {}
    for at, thread, head in screen.told:
        told.setdefault(thread, []).append((at, head))
    user = screen.wanted.get("user")
    ours = {thread for n in range(PEOPLE) if user in (None, f"b{n}") for thread in threads(n)}
    with psycopg.connect(arena.stage.postgres.url("ours")) as connection:
        written = connection.execute(WRITTEN, (since,)).fetchall()
    late = []
    for thread, seq, at in written:
        if thread in ours:
            first = next((when for when, head in told.get(thread, ()) if head >= seq), None)
            if first is not None:
                late.append(first - at)
            elif user is not None:
                late.append(float("inf"))
    return late
