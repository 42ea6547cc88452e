"""What operators watch, of this process (`/metrics`). Must never carry a person's or a thread's name."""

from collections import Counter as Counts
from collections.abc import Iterator

from prometheus_client import REGISTRY, Counter, Gauge
from prometheus_client.metrics_core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

SOCKETS = Gauge("order_threads_sockets", "Open sockets of people who said hello")
CLOSED = Counter("order_threads_sockets_closed", "Sockets closed by the server", ["code"])
LOG_READS = Counter("order_threads_log_reads", "Reads of the log for sockets that the ring could not serve")
SWEEP_REPAIRS = Counter("order_threads_sweep_repairs", "Threads in which the sweep found what no hint had told")
SWEEP_FAILURES = Counter("order_threads_sweep_failures", "Sweeps that could not ask the database")
JOBS = Gauge("order_threads_jobs", "Jobs that wait, and dead letters, in the database", ["state"])
for _state in ("waiting", "dead"):
    # There from the start: an alarm on what is not there yet would not work.
    JOBS.labels(_state)
JOBS_RUN = Counter(
    "order_threads_jobs_run", "Attempts of this process: done, failed, dead or lost to another", ["kind", "outcome"]
)
RELAY_UP = Gauge("order_threads_relay_up", "1 while hints come and go through Redis")
RELAY_LOST = Counter("order_threads_relay_lost", "Batches of hints that could not be published")
RELAY_RUBBISH = Counter("order_threads_relay_rubbish", "Payloads on our channel that are not ours")


class Often(Collector):
    """Counts of what happens with every message: the library's counters take a lock each time."""

    def __init__(self) -> None:
        self.commands: Counts[tuple[str, str]] = Counts()
        self.delivered = 0

    def collect(self) -> Iterator[Metric]:
        commands = CounterMetricFamily(
            "order_threads_commands",
            "Commands by outcome: ok, duplicate or the error's code",
            labels=["type", "outcome"],
        )
        for named, number in tuple(self.commands.items()):
            commands.add_metric(named, number)
        yield commands
        yield CounterMetricFamily("order_threads_entries_delivered", "Entries handed to sockets", value=self.delivered)


_often = Often()
REGISTRY.register(_often)


def commanded(kind: str, outcome: str) -> None:
    """Count one command. Only in the event loop."""
    _often.commands[kind, outcome] += 1


def delivered(entries: int) -> None:
    """Count what was handed to a socket. Only in the event loop."""
    _often.delivered += entries


def job(kind: str, outcome: str) -> None:
    """Count one attempt at a job."""
    JOBS_RUN.labels(kind, outcome).inc()
