"""Where people act at the same instant: each in a thread of their own, let go by one barrier, over and over."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from threading import Barrier
from typing import Any

from django.db import connection

from chat.refusals import Refused

# Each race is run so often; RACES=1000 for a night's run. What is beside the point of the folder runs a FEW times.
ROUNDS = int(os.environ.get("RACES") or 12)
FEW = max(ROUNDS // 4, 10)
PATIENCE_S = 60 + 2 * ROUNDS
RUNNERS = 3
# A head start of up to so much: enough that each of them wins sometimes, little enough that they meet.
HEAD_START_S = 0.005
# On a machine that is busy with other things that is too little: more, as long as the same one wins every time.
LONGEST_HEAD_START_S = 0.3

Act = Callable[[], Any]


@dataclass
class Arena:
    pool: ThreadPoolExecutor
    random: Random = field(default_factory=lambda: Random(7))
    round: int = 0
    won: Counter[str] = field(default_factory=Counter)
    head_start_s: float = HEAD_START_S

    def race(self, *acts: Act) -> list[Any]:
        """Let all go at once; each one's reply, or the code of its refusal."""
        start = Barrier(len(acts))

        def run(act: Act, wait: float) -> Any:
            start.wait(10)
            time.sleep(wait)
            try:
                return act()
            except Refused as refused:
                return refused.code

        # Each is favoured in turn, and now and then nobody.
        if self.round > len(acts) and len(self.won) == 1:
            self.head_start_s = min(2 * self.head_start_s, LONGEST_HEAD_START_S)
        waits = [self.random.random() * self.head_start_s for _ in acts]
        self.round += 1
        if (favoured := self.round % (len(acts) + 1)) < len(acts):
            waits[favoured] = 0
        running = [self.pool.submit(run, act, wait) for act, wait in zip(acts, waits, strict=True)]
        return [each.result(30) for each in running]


@contextmanager
def opened() -> Iterator[Arena]:
    with ThreadPoolExecutor(RUNNERS) as pool:
        try:
            yield Arena(pool)
        finally:
            # A connection belongs to its thread: each closes its own.
            together = Barrier(RUNNERS)
            for closing in [pool.submit(_close, together) for _ in range(RUNNERS)]:
                closing.result(30)


def _close(together: Barrier) -> None:
    together.wait(10)
    connection.close()


def is_done(outcome: Any) -> bool:
    return isinstance(outcome, dict)


def told(outcomes: list[Any]) -> list[str]:
    """Each one's outcome in a word: done, or the code of the refusal."""
    return ["done" if is_done(outcome) else outcome for outcome in outcomes]
