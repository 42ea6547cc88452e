"""Two serving processes against one, under the closed loop, on two cores that the generator and PostgreSQL share."""

from bench.arena import Arena
from bench.book import Ratio
from bench.scenarios.messages import pump

NAME = "workers"
TITLE = "two processes against one"

RATIOS = (Ratio("messages/s, two processes : one", "two workers", "per_s", "one worker", "≥ 1.15"),)


def run(arena: Arena) -> None:
    for _ in range(arena.effort.rounds):
        pump(arena, arena.ours("one worker"), NAME)
        pump(arena, arena.ours("two workers", workers=2), NAME)
