"""One thread with 200 sockets of its two parties: how many deliveries a second, with 8 messages in flight.

A message makes room for the next once every socket of its sender's process has it.
"""

from bench.arena import Arena
from bench.book import Ratio
from bench.names import crowd
from bench.subjects import Subject

NAME = "watchers"
TITLE = "one thread, 200 watchers"
WATCHERS = 200
IN_FLIGHT = 8

RATIOS = (Ratio("deliveries/s, ours : tutorial", "ours", "deliveries_per_s", "tutorial", "≥ 8"),)


def run(arena: Arena) -> None:
    for _ in range(arena.effort.rounds):
        _watch(arena, arena.ours())
        _watch(arena, arena.tutorial())


def _watch(arena: Arena, subject: Subject) -> None:
    count = arena.effort.processes
    crowds = [crowd(WATCHERS // count) for _ in range(count)]
    works = [
        subject.work("pump", seats, tag=tag, processes=count, senders=2, in_flight=max(1, IN_FLIGHT // 2 // count))
        for tag, seats in enumerate(crowds)
    ]
    report, cpu = arena.charge(subject, works)
    if report.lost:
        arena.book.fault(f"{subject.name}: {report.lost} of {report.sent} messages did not reach everyone")
    arena.book.note(
        NAME,
        subject.name,
        deliveries_per_s=report.deliveries / arena.effort.count_s,
        messages_per_s=report.done / arena.effort.count_s,
        server_us=cpu["server"] / max(1, report.deliveries) * 1e6,
        generator_busy=report.busy,
    )
