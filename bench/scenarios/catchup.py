"""Catching up on 500 missed entries, on open sockets, from the database: nobody else follows these threads.

Ours unsubscribes and follows the thread again from its cursor, until `caught_up`; the tutorial's fetches its history.
"""

from bench.arena import Arena
from bench.book import Ratio
from bench.names import MISSED, readers
from bench.subjects import Subject

NAME = "catchup"
TITLE = "catch-up of 500 missed entries"

RATIOS = (Ratio("catch-ups/s, ours : tutorial", "ours", "per_s", "tutorial", "≥ 7"),)


def run(arena: Arena) -> None:
    for _ in range(arena.effort.rounds):
        _fetch(arena, arena.ours())
        _fetch(arena, arena.tutorial())


def _fetch(arena: Arena, subject: Subject) -> None:
    works = arena.spread(subject, "fetch", [(seat,) for seat in readers()])
    report, cpu = arena.charge(subject, works)
    if report.delivered != MISSED * report.sent:
        arena.book.fault(f"{subject.name}: {report.sent} catch-ups brought {report.delivered} entries")
    done = max(1, report.done)
    arena.book.note(
        NAME,
        subject.name,
        per_s=report.done / arena.effort.count_s,
        server_ms=cpu["server"] / done * 1000,
        postgres_ms=cpu["postgres"] / done * 1000,
    )
