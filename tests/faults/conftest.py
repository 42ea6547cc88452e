"""Who the fault tests are about, and that nothing they show counts unless the checker was proven first."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from tests.faults import proof
from tests.faults.town import Town
from tests.services.server import Server
from tests.stack import Stack

TownAt = Callable[[Server], AbstractAsyncContextManager[Town]]


@pytest.fixture(scope="session", autouse=True)
def proven_checker() -> None:
    """Without this the fault run is void: every test of this folder fails."""
    assert proof.unseen() == [], "the checker does not see what was planted"


@pytest.fixture
async def town(server: Server) -> AsyncIterator[Town]:
    """People of this test alone, at the server that all tests share."""
    async with Town(server.url) as town:
        yield town


@pytest.fixture
def town_at() -> TownAt:
    """The same at any server."""

    @asynccontextmanager
    async def open_town(server: Server) -> AsyncIterator[Town]:
        async with Town(server.url) as town:
            yield town

    return open_town


# A tenth of protocol.md §4's times: whatever is promised in 30 s or 45 s is promised here in 3 s or 4.5 s.
BRISK = {"HEARTBEAT_INTERVAL_S": "2.5", "HEARTBEAT_TIMEOUT_S": "1.5", "SLOW_READER_TIMEOUT_S": "3"}
SCALE = 10


@pytest.fixture(scope="module")
def brisk(stack: Stack) -> Iterator[Server]:
    """One process whose heart beats ten times as fast."""
    server = Server(stack.log("brisk"), env=BRISK)
    server.start()
    yield server
    assert server.terminate() == 0, f"the server did not end well:\n{server.log()}"
