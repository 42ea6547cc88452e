"""Python runs this at the start of a server that `bench.profile` starts: it waits to be told to take samples.

Must never be on the path of a server that is measured. SIGUSR2 begins, SIGUSR2 ends and writes to BENCH_SAMPLES one
line per stack: `outermost;…;innermost COUNT`. A sample is taken for every 4 ms of CPU time of the process, system
calls included; it belongs to the Python function that was running or had called into C.
"""

import os
import signal
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType

EVERY_S = 0.004
samples: Counter[tuple[CodeType, ...]] = Counter()
running = False


def take(number: int, frame: FrameType | None) -> None:
    codes = []
    while frame is not None:
        codes.append(frame.f_code)
        frame = frame.f_back
    samples[tuple(codes)] += 1


def switch(number: int, frame: FrameType | None) -> None:
    global running  # noqa: PLW0603 - a signal handler has no other place
    running = not running
    signal.setitimer(signal.ITIMER_PROF, EVERY_S if running else 0, EVERY_S)
    if not running:
        lines = [f"{';'.join(map(named, reversed(codes)))} {count}\n" for codes, count in samples.items()]
        Path(os.environ["BENCH_SAMPLES"]).write_text("".join(lines))


def named(code: CodeType) -> str:
    return f"{code.co_qualname} ({code.co_filename}:{code.co_firstlineno})"


if os.environ.get("BENCH_SAMPLES"):
    signal.signal(signal.SIGPROF, take)
    signal.siginterrupt(signal.SIGPROF, False)
    signal.signal(signal.SIGUSR2, switch)
