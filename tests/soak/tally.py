"""What a soak has seen, and the one table that says so."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.faults.checker import Final, Finding, History, check
from tests.faults.checker.digest import Digest
from tests.faults.device import Device
from tests.soak.memory import Memory

# What the table calls it: the kinds of findings that it is.
WRONG = {
    "lost": {"lost"},
    "duplicated": {"duplicated"},
    "misordered": {"misordered", "gap"},
    "phantom": {"phantom"},
    "wrong on a socket": {"delivery", "missed"},
    "stale, ledger, finality, others": set[str](),
}
*NAMED, OTHER = WRONG
# A leak is not seen in less time; growth beyond it is one.
SLOPE_FROM_S = 300
SLOPE_KIB = 1024


@dataclass
class Tally:
    """Grows round by round; holds no history, so that a soak may last."""

    rounds: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    retried: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    resumes: list[float] = field(default_factory=list)

    def judge(self, history: History, final: Final) -> None:
        """Hold one round against what the server says in the end."""
        digest = Digest(history, final)
        entries = sum(len(log) for _, log in digest.logs())
        frames = [event.frame for event in history.events if event.what == "got"]
        delivered = sum(len(frame["entries"]) for frame in frames if frame["type"] == "entries")
        self.checked += Counter({
            "lost": sum(len(asked.places) for asked in digest.asked.values()),
            "duplicated": len(digest.asked),
            "misordered": entries,
            "phantom": entries,
            "wrong on a socket": delivered,
            OTHER: sum(map(len, digest.snapshots.values())) + sum(map(len, final.snapshots.values())),
        })  # fmt: skip
        found = check(history, final)
        self.found.update(_name(finding) for finding in found)
        self.findings += found

    def count(self, devices: list[Device], untouched: list[Device]) -> None:
        for device in devices:
            self.resumes += device.places.resumes
            self.retried.update(answer["code"] for answer in device.refusals)
        for device in untouched:
            if device.closes:
                self.wrong.append(f"{device.user} was closed at a server that nobody touched: {device.closes}")

    def sound(self, memory: Memory, asked_s: float) -> bool:
        slope = memory.slope()
        if asked_s >= SLOPE_FROM_S and slope is not None and slope > SLOPE_KIB:
            self.wrong.append(f"the server's memory grows by {slope:.0f} KiB a minute")
        if not self.outcomes["ok"] or not self.faults or not self.resumes:
            self.wrong.append("nothing was shown: no operation, no fault, or nobody who came back")
        return not self.found and not self.wrong

    def table(self, memory: Memory) -> str:
        return "\n".join(f"{left:<34} {right}" for left, right in self.rows(memory))

    def rows(self, memory: Memory) -> Iterator[tuple[str, str]]:
        yield "rounds", f"{self.rounds}"
        yield "operations", f"{self.outcomes.total()}: {_told(self.outcomes)}"
        yield "answers that led to another try", f"{self.retried.total()}: {_told(self.retried)}"
        yield "faults", f"{self.faults.total()}: {_told(self.faults)}"
        for name in WRONG:
            yield name, f"{self.found[name]} of {self.checked[name]}"
        yield "back after a loss, outage included", _spread(self.resumes)
        slope = memory.slope()
        last = f"{memory.samples[-1][1] / 1024:.0f} MiB" if memory.samples else "not measured"
        yield "memory of the untouched server", last + ("" if slope is None else f", {slope:+.0f} KiB a minute")
        yield "wrong besides", f"{len(self.wrong)}"


def _name(finding: Finding) -> str:
    return next((name for name in NAMED if finding.kind in WRONG[name]), OTHER)


def _told(counter: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counter.most_common()) or "none"


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "nobody was away"
    ranked = sorted(seconds)
    p50, p99 = (ranked[math.ceil(len(ranked) * part) - 1] for part in (0.5, 0.99))
    return f"p50 {p50:.2f} s, p99 {p99:.2f} s, longest {ranked[-1]:.2f} s, n {len(ranked)}"
