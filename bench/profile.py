"""`python -m bench.profile`: where a server's CPU time goes under the closed loop, by function.

Must never be run together with a measurement: sampling costs a few percent.
"""

import argparse
import os
import signal
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.arena import Arena, Effort
from bench.book import Book, table
from bench.load.crew import load
from bench.names import Seat, lone, pairs
from bench.scenarios.messages import THREADS
from bench.stage import LOGS, ROOT, stage

SAMPLER = Path(__file__).resolve().parent / "sampling"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.profile", description=__doc__)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--subject", choices=("ours", "tutorial", "echo"), default="ours")
    parser.add_argument("--most", type=int, default=40, help="lines of each table")
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    LOGS.mkdir(parents=True, exist_ok=True)
    raw = LOGS / f"profile-{asked.subject}.txt"
    raw.unlink(missing_ok=True)
    os.environ |= {"BENCH_SAMPLES": str(raw)}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with stage() as services:
        services.extra["PYTHONPATH"] = f"{SAMPLER}{os.pathsep}{ROOT}"
        arena = Arena(services, Effort(1, 2.0, asked.seconds, 2, quick=True), Book())
        subject = getattr(arena, asked.subject)()
        groups: Sequence[tuple[Seat, ...]] = (
            [(seat,) for seat in lone(2 * THREADS)] if asked.subject == "echo" else pairs(THREADS)
        )
        works = arena.spread(subject, "pump", groups)
        report = load(works, 2.0, asked.seconds, lambda: os.kill(subject.pid, signal.SIGUSR2))
        while not raw.exists() or not raw.stat().st_size:
            time.sleep(0.05)
        arena.clear()
    print(f"{report.done / asked.seconds:.0f} messages/s while watched; stacks in {raw.relative_to(ROOT)}")
    show(raw, report.done, asked.most)


def show(raw: Path, done: int, most: int) -> None:
    """The tables: what ran itself, with all it called, and whose code it was; in percent and in µs per message."""
    own: Counter[str] = Counter()
    within: Counter[str] = Counter()
    whose: Counter[str] = Counter()
    for line in raw.read_text().splitlines():
        stack, _, count = line.rpartition(" ")
        frames = [_short(frame) for frame in stack.split(";")]
        own[frames[-1]] += int(count)
        whose[_origin(stack.split(";")[-1])] += int(count)
        for frame in set(frames):
            within[frame] += int(count)
    total = own.total()
    for title, counted in (("itself", own), ("with all it calls", within), ("by origin", whose)):
        print()
        rows = [
            (name, f"{count / total * 100:.1f}", f"{count * 4000 / max(1, done):.1f}")
            for name, count in counted.most_common(most)
        ]
        table((title, "%", "µs/message"), rows)


def _short(frame: str) -> str:
    """The function with the last two steps of its file's path."""
    name, _, place = frame.rpartition(" (")
    return f"{name} ({'/'.join(place.rstrip(')').split('/')[-2:])})"


def _origin(frame: str) -> str:
    """The package that a frame belongs to."""
    file = frame.rpartition(" (")[2].rstrip(")").rpartition(":")[0]
    for root in ("site-packages/", f"{ROOT}/", "/python3.11/"):
        _, found, rest = file.rpartition(root)
        if found:
            return rest.partition("/")[0]
    return file


if __name__ == "__main__":
    main()
