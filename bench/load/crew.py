"""The generator's processes, from the side that commands them: started, made ready together, timed, heard.

Must never report a run in which a process failed.
"""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from bench.load.hand import main
from bench.load.work import Report, Window, Work

PATIENCE_S = 120.0
# From the word to the start: longer than it takes to tell every process.
LEAD_S = 0.2


class Crew:
    """Processes that hold their sockets until they are told a window."""

    def __init__(self, works: Sequence[Work]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipes: list[Connection] = []
        self._processes: list[SpawnProcess] = []
        for work in works:
            ours, theirs = context.Pipe()
            process = context.Process(target=main, args=(work, theirs), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)

    def wait_ready(self) -> None:
        for pipe in self._pipes:
            said = self._hear(pipe)
            if said != "ready":
                raise RuntimeError(f"the generator failed:\n{said}")

    def run(self, warm_s: float, count_s: float, mark: Callable[[], None] = lambda: None) -> Report:
        """Load for so long, count for so long; `mark` is called as counting begins and as it ends."""
        begin = time.monotonic() + LEAD_S
        window = Window(begin, begin + warm_s, begin + warm_s + count_s)
        for pipe in self._pipes:
            pipe.send(window)
        for instant in (window.count_from, window.end):
            time.sleep(max(0.0, instant - time.monotonic()))
            mark()
        total = Report()
        for pipe in self._pipes:
            said = self._hear(pipe)
            if not isinstance(said, Report):
                raise RuntimeError(f"the generator failed:\n{said}")
            total.add(said)
        return total

    def close(self) -> None:
        for process in self._processes:
            process.join(5)
            if process.is_alive():
                process.kill()
                process.join()

    def _hear(self, pipe: Connection) -> object:
        if not pipe.poll(PATIENCE_S):
            raise RuntimeError("the generator is silent")
        try:
            return pipe.recv()
        except EOFError:
            return "a process ended without a word"


def load(works: Sequence[Work], warm_s: float, count_s: float, mark: Callable[[], None] = lambda: None) -> Report:
    """Have the works done at the same time, and everything counted together."""
    with ExitStack() as stack:
        crew = Crew(works)
        stack.callback(crew.close)
        crew.wait_ready()
        return crew.run(warm_s, count_s, mark)
