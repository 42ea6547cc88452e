"""Where subjects meet: started when a scenario first asks for them, loaded in turn, and charged for what they use.

Must never leave a server running that the scenario does not measure.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench import subjects
from bench.accounting import cpu_s
from bench.book import Book
from bench.load.crew import load
from bench.load.work import Report, Work
from bench.names import Seat
from bench.stage import Stage
from bench.subjects import Subject
from tests.services.postgres import Postgres
from tests.services.valkey import Valkey


@dataclass(frozen=True, slots=True)
class Effort:
    """How long and how often; seconds."""

    rounds: int
    warm_s: float
    count_s: float
    processes: int
    quick: bool


@dataclass
class Arena:
    """`use` hands out running servers by name; `clear` ends them all."""

    stage: Stage
    effort: Effort
    book: Book
    _running: dict[str, Subject] = field(default_factory=dict)
    _prepared: set[str] = field(default_factory=set)
    _sessions: dict[str, str] = field(default_factory=dict)

    def ours(self, name: str = "ours", *, workers: int = 1, database: str = "ours") -> Subject:
        self.prepare(database, lambda: subjects.prepare_ours(self.stage, database))
        return self._use(name, lambda: subjects.ours(self.stage, workers=workers, database=database, name=name))

    def tutorial(self) -> Subject:
        self.prepare("tutorial", lambda: self._sessions.update(subjects.prepare_tutorial(self.stage)))
        return self._use("tutorial", lambda: subjects.tutorial(self.stage, self._sessions))

    def echo(self) -> Subject:
        return self._use("echo", lambda: subjects.echo(self.stage))

    def prepare(self, database: str, make: Callable[[], None]) -> None:
        """Have a database made, once."""
        if database not in self._prepared:
            make()
            self._prepared.add(database)

    def clear(self) -> None:
        for subject in self._running.values():
            subject.stop()
        self._running.clear()

    def spread(self, subject: Subject, kind: str, groups: Sequence[tuple[Seat, ...]], **more: object) -> list[Work]:
        """The groups dealt out to the generator's processes; those of one group stay together."""
        count = min(self.effort.processes, len(groups))
        works = []
        for tag in range(count):
            seats = [seat for group in groups[tag::count] for seat in group]
            works.append(subject.work(kind, seats, tag=tag, processes=count, **more))
        return works

    def charge(self, subject: Subject, works: list[Work], seconds: float = 0) -> tuple[Report, dict[str, float]]:
        """Do the works; returns the report and the CPU seconds of each server within the counted time."""
        roots = {"server": subject.pid, "postgres": _pid(self.stage.postgres), "redis": _pid(self.stage.valkey)}
        marks: list[dict[str, float]] = []

        def mark() -> None:
            marks.append({name: cpu_s([pid]) for name, pid in roots.items()})

        report = load(works, self.effort.warm_s, seconds or self.effort.count_s, mark)
        if report.faults:
            self.book.fault(f"{subject.name}: {len(report.faults)} faults, the first: {report.faults[0]}")
        return report, {name: marks[1][name] - marks[0][name] for name in roots}

    def _use(self, name: str, start: Callable[[], Subject]) -> Subject:
        if name not in self._running:
            self._running[name] = start()
        return self._running[name]


def _pid(service: Postgres | Valkey) -> int:
    assert service.process.child is not None
    return service.process.child.pid
