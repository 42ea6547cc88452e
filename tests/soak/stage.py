"""What a soak runs on: PostgreSQL, Redis, a house of two workers that is killed, and one that nobody touches."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.services.postgres import Postgres
from tests.services.server import Server
from tests.services.valkey import Valkey
from tests.stack import prepare

WORKERS = 2


@dataclass(frozen=True)
class Stage:
    """`house` is killed at will. `witness` must outlive everything, with every socket it has."""

    postgres: Postgres
    valkey: Valkey
    house: Server
    witness: Server


@contextmanager
def stage() -> Iterator[Stage]:
    """All of it started; in the end all of it stopped, and the logs are in .cache/logs/postgres."""
    with prepare("postgres") as stack:
        os.environ.update(stack.environment())
        assert stack.postgres is not None
        assert stack.valkey is not None
        house, witness = (Server(stack.log(name), workers=n) for name, n in (("house", WORKERS), ("witness", 1)))
        try:
            stack.start()
            house.start()
            witness.start()
            yield Stage(stack.postgres, stack.valkey, house, witness)
        finally:
            for server in (house, witness):
                server.terminate()
            stack.stop()
