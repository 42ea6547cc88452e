"""What processes cost: CPU time and memory as the kernel counts them, in /proc.

Must never measure itself into a figure: it reads a few files before and after a window, nothing within it.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """The process and all that descend from it, now."""
    found = [pid]
    for parent in found:
        with suppress(OSError):
            found += map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
    return found


def cpu_s(roots: Iterable[int]) -> float:
    """CPU seconds, user and system, of these processes and their descendants, those that ended and were reaped too."""
    return sum(_own_s(pid) for root in roots for pid in family(root))


def _own_s(pid: int) -> float:
    process = Path(f"/proc/{pid}")
    try:
        # The second field is a name in brackets that may hold anything; utime is the 14th.
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        own, reaped = (sum(map(int, some)) * TICK_S for some in (fields[11:13], fields[13:15]))
        with suppress(OSError):
            # The same in nanoseconds, where the kernel keeps it: a tick is 10 ms, as much as Redis needs in a round.
            own = sum(int((task / "schedstat").read_text().split()[0]) for task in (process / "task").iterdir()) / 1e9
    except OSError:
        # It has just ended: its parent's account has it.
        return 0.0
    return own + reaped


def rss_kib(roots: Iterable[int]) -> int:
    """Resident memory in KiB of these processes and their descendants."""
    total = 0
    for root in roots:
        for pid in family(root):
            with suppress(OSError):
                for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                    if line.startswith("VmRSS:"):
                        total += int(line.split()[1])
    return total
