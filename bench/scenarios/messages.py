"""Closed loop: 50 threads × 2 parties × 4 in flight. A message counts once acknowledged and delivered to the other.

Beside it, under the same load: the tutorial's chat, a bare echo (100 sockets × 4), and pgbench's single rows.
"""

from bench.arena import Arena
from bench.baselines.inserts import CLIENTS, best
from bench.book import Ratio
from bench.load.work import Report
from bench.names import lone, pairs
from bench.subjects import Subject

NAME = "messages"
TITLE = "durable messages, closed loop"
THREADS = 50

RATIOS = (
    Ratio("messages/s, ours : tutorial", "ours", "per_s", "tutorial", "≥ 40 (floor 30)"),
    Ratio("messages/s : pgbench rows/s", "ours", "per_s", "pgbench", "≥ 0.75"),
    Ratio("server CPU/message : CPU/echo pair", "ours", "server_us", "echo", "≤ 1.5"),
    Ratio("PostgreSQL CPU/message, µs", "ours", "postgres_us", "one", "≤ 25"),
    Ratio("Redis CPU/message, µs", "ours", "redis_us", "one", "≤ 1"),
)


def run(arena: Arena) -> None:
    for _ in range(arena.effort.rounds):
        pump(arena, arena.ours(), NAME)
        pump(arena, arena.tutorial(), NAME)
        _echo(arena)
        clients = CLIENTS[1::2] if arena.effort.quick else CLIENTS
        rate, _ = best(arena.stage, arena.effort.count_s / 2, clients)
        arena.book.note(NAME, "pgbench", per_s=rate)
        # Absolute goals are ratios to one.
        for figure in ("postgres_us", "redis_us"):
            arena.book.values[NAME, "one", figure].append(1.0)


def pump(arena: Arena, subject: Subject, scenario: str) -> Report:
    """One round of the closed loop on this server, noted, and proven against its database."""
    before = subject.rows()
    works = arena.spread(subject, "pump", pairs(THREADS))
    report, cpu = arena.charge(subject, works)
    prove(arena, subject, report, subject.rows() - before)
    done = max(1, report.done)
    costs = {f"{name}_us": spent / done * 1e6 for name, spent in cpu.items()}
    arena.book.note(
        scenario,
        subject.name,
        per_s=report.done / arena.effort.count_s,
        **costs,
        frames_out=report.frames / done,
        generator_busy=report.busy,
    )
    return report


def prove(arena: Arena, subject: Subject, report: Report, rows: int) -> None:
    """Every message sent was acknowledged, delivered and kept, or the round says so."""
    counts = {report.sent, report.acknowledged, report.delivered, rows}
    if len(counts) > 1 or report.lost:
        arena.book.fault(
            f"{subject.name}: sent {report.sent}, acknowledged {report.acknowledged}, delivered {report.delivered},"
            f" rows {rows}, lost {report.lost}"
        )


def _echo(arena: Arena) -> None:
    subject = arena.echo()
    works = arena.spread(subject, "pump", [(seat,) for seat in lone(2 * THREADS)])
    report, cpu = arena.charge(subject, works)
    cost = cpu["server"] / max(1, report.done) * 1e6
    arena.book.note(NAME, "echo", per_s=report.done / arena.effort.count_s, server_us=cost, generator_busy=report.busy)
