"""The one run whose frames all tests of the wire look at."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.services.server import Server
from tests.stack import Stack
from tests.wire.telling import OTHER_RULES, SMALL, by_other_rules, limits, whole


@pytest.fixture(scope="session")
def seen(stack: Stack) -> Iterator[dict[str, dict[str, Any]]]:
    """Commands, replies, entries, errors and frames by name, with their real ids and times."""
    with ExitStack() as started:

        def start(**env: str) -> Server:
            server = Server(stack.log("wire"), env={"DATABASE_URL": stack.new_database(), **env})
            started.callback(server.terminate)
            server.start()
            return server

        # A ping after each frame of entries: nobody waits for one.
        told = asyncio.run(whole(start(PROBE_FRAMES="1", CATCHING="iban=hold")))
        told["errors"] |= asyncio.run(limits(start(**SMALL)))
        for name, frames in asyncio.run(by_other_rules(start(**OTHER_RULES))).items():
            told[name] |= frames
        yield told
