"""What operators watch, of this process (`/metrics`). Must never carry a person's or a thread's name."""

from functools import cache

from prometheus_client import Counter, Gauge

SOCKETS = Gauge("order_threads_sockets", "Open sockets of people who said hello")
CLOSED = Counter("order_threads_sockets_closed", "Sockets closed by the server", ["code"])
COMMANDS = Counter(
    "order_threads_commands", "Commands by outcome: ok, duplicate or the error's code", ["type", "outcome"]
)
DELIVERED = Counter("order_threads_entries_delivered", "Entries handed to sockets")
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


def commanded(kind: str, outcome: str) -> None:
    """Count one command."""
    _of(kind, outcome).inc()


@cache
def _of(kind: str, outcome: str) -> Counter:
    # Looked up once: finding a labelled counter costs more than counting.
    return COMMANDS.labels(kind, outcome)


def job(kind: str, outcome: str) -> None:
    """Count one attempt at a job."""
    JOBS_RUN.labels(kind, outcome).inc()
