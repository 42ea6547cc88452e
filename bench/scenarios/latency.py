"""Open loop: messages at a fixed rate, whether or not the server keeps up, on 50 threads.

A latency begins at the instant at which the message was meant to be sent and ends when it is acknowledged and
delivered: a server that stalls is charged for all that had to wait (no coordinated omission).
"""

from bench.arena import Arena
from bench.book import Ratio
from bench.names import pairs
from bench.scenarios.messages import THREADS, prove
from bench.subjects import Subject

NAME = "latency"
TITLE = "open loop, latency in ms"
OURS_PER_S = 1000
TUTORIAL_PER_S = 100

RATIOS = (
    Ratio("p50 at 1 000/s, ms", "ours", "p50_ms", "one", "≤ 4"),
    Ratio("p99 at 1 000/s, ms", "ours", "p99_ms", "one", "≤ 10"),
    Ratio("p99 at 1 000/s : tutorial's p99 at 100/s", "ours", "p99_ms", "tutorial", "≤ 1"),
)


def run(arena: Arena) -> None:
    for _ in range(arena.effort.rounds):
        _steady(arena, arena.ours(), OURS_PER_S)
        _steady(arena, arena.tutorial(), TUTORIAL_PER_S)
        for figure in ("p50_ms", "p99_ms"):
            arena.book.values[NAME, "one", figure].append(1.0)


def _steady(arena: Arena, subject: Subject, per_s: int) -> None:
    before = subject.rows()
    works = arena.spread(subject, "pump", pairs(THREADS), rate=per_s / arena.effort.processes)
    report, _ = arena.charge(subject, works, 2 * arena.effort.count_s)
    prove(arena, subject, report, subject.rows() - before)
    ordered = sorted(report.latencies) or [0.0]
    figures = {f"p{p}_ms": ordered[min(len(ordered) - 1, len(ordered) * p // 100)] * 1000 for p in (50, 90, 99)}
    per_s_done = report.done / (2 * arena.effort.count_s)
    arena.book.note(NAME, subject.name, per_s=per_s_done, **figures, max_ms=ordered[-1] * 1000)
