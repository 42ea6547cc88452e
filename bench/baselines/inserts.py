"""How many single rows a second PostgreSQL takes, each in a transaction of its own: pgbench, at its best.

Must never batch: this is the ceiling of every design that commits per message.
"""

import re
import subprocess
import sys
from pathlib import Path

from bench.stage import Stage

TABLE = """
CREATE TABLE IF NOT EXISTS bench_line (
    thread varchar(64) NOT NULL, seq bigserial, author varchar(64) NOT NULL, at timestamptz NOT NULL,
    text text NOT NULL, PRIMARY KEY (thread, seq))"""
INSERT = r"""
\set thread random(0, 49)
INSERT INTO bench_line (thread, author, at, text) VALUES ('t' || :thread, 'b' || :thread, now(), repeat('x', 100));
"""
CLIENTS = (8, 16, 32, 64)


def best(stage: Stage, seconds: float, clients: tuple[int, ...] = CLIENTS) -> tuple[float, int]:
    """(rows a second, with how many clients): the best of these numbers of clients, each tried for `seconds`."""
    stage.postgres.execute(TABLE)
    script = stage.home / "insert.sql"
    script.write_text(INSERT)
    port = stage.postgres.process.port
    found = []
    for number in clients:
        command: list[str | Path] = [
            stage.postgres.bin / "pgbench",
            "-n",
            "-M",
            "prepared",
            "-f",
            script,
            "-c",
            str(number),
            "-j",
            "2",
        ]
        command += ["-T", str(max(1, round(seconds))), "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "postgres"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        rate = re.search(r"tps = ([\d.]+)", done.stdout)
        if rate is None:
            sys.exit(f"pgbench failed:\n{done.stdout}{done.stderr}")
        found.append((float(rate[1]), number))
    return max(found)
