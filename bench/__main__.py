"""`python -m bench`: every measure, ours and its baseline in turn, and a table at the end."""

import argparse
import os
import signal
import sys
import time
from types import ModuleType

from bench.arena import Arena, Effort
from bench.book import Book, table
from bench.scenarios import catchup, connects, feed, idle, latency, messages, volume, watchers, workers
from bench.stage import stage

SCENARIOS: tuple[ModuleType, ...] = (messages, latency, workers, volume, watchers, catchup, connects, feed, idle)
NAMES = [scenario.NAME for scenario in SCENARIOS]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round of each: a look, not a measurement")
    parser.add_argument("--only", action="append", choices=NAMES, metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--rounds", type=int, help="how often each pair is measured (5; 1 with --quick)")
    parser.add_argument("--seconds", type=float, help="counted time of one measurement (6; 3 with --quick)")
    parser.add_argument("--processes", type=int, default=2, help="of the load generator, at most 9")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    # Ended by a signal, it still takes its servers down.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    quick: bool = asked.quick
    effort = Effort(
        rounds=asked.rounds or (1 if quick else 5),
        warm_s=1.0 if quick else 2.0,
        count_s=asked.seconds or (3.0 if quick else 6.0),
        processes=asked.processes,
        quick=quick,
    )
    chosen = [scenario for scenario in SCENARIOS if not asked.only or scenario.NAME in asked.only]
    book = Book()
    load = os.getloadavg()[0]
    with stage() as services:
        arena = Arena(services, effort, book)
        try:
            for scenario in chosen:
                print(f"==> {scenario.TITLE}", flush=True)
                scenario.run(arena)
                arena.clear()
        finally:
            arena.clear()
    report(book, chosen, effort, load)
    return 1 if book.faults else 0


def report(book: Book, chosen: list[ModuleType], effort: Effort, load: float) -> None:
    """The tables; what went wrong comes last, where it is seen."""
    told = f"{effort.rounds} rounds of {effort.count_s:g} s, {os.cpu_count()} cores, load before {load:.1f}"
    print(f"\n{time.strftime('%Y-%m-%d %H:%M')}: {told}\n")
    rows = [(ratio.label, book.ratio(s.NAME, ratio), ratio.goal) for s in chosen for ratio in s.RATIOS]
    table(("measure", "median [least–most]", "to reach"), rows)
    print()
    figures = [(s.NAME, *row) for s in chosen for row in book.figures(s.NAME) if row[0] != "one"]
    table(("scenario", "subject", "figure", "median [least–most]"), figures)
    for fault in book.faults:
        print(f"! {fault}")


if __name__ == "__main__":
    sys.exit(main())
