"""The closed loop on a database with 100 000 threads and 1 000 000 entries more than the other's."""

import time

from bench import filling, subjects
from bench.arena import Arena
from bench.book import Ratio
from bench.scenarios.messages import pump

NAME = "volume"
TITLE = "a filled database against an empty one"
THREADS = 100_000
ENTRIES = 1_000_000

RATIOS = (Ratio("messages/s, filled : empty", "filled", "per_s", "empty", "≥ 0.95"),)


def run(arena: Arena) -> None:
    arena.prepare("filled", lambda: _fill(arena))
    for _ in range(arena.effort.rounds):
        pump(arena, arena.ours("filled", database="filled"), NAME)
        pump(arena, arena.ours("empty"), NAME)


def _fill(arena: Arena) -> None:
    subjects.prepare_ours(arena.stage, "filled")
    begun = time.monotonic()
    share = 10 if arena.effort.quick else 1
    filling.fill_volume(arena.stage.postgres.url("filled"), THREADS // share, ENTRIES // share)
    print(f"    filled {ENTRIES // share} entries in {time.monotonic() - begun:.0f} s", flush=True)
