"""One demo server for the whole folder, and browsers whose consoles have to stay silent."""

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest
from playwright.async_api import Browser, expect

from tests.e2e.host import Host
from tests.e2e.people import PATIENCE_MS, Gathering
from tests.services.server import Server
from tests.stack import Stack

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="package")
def demo(stack: Stack) -> Iterator[Server]:
    """A server in demo mode with a database of its own: /demo/kim signs kim in.

    All tests of this folder share it, each with an order of its own; whoever takes it down brings it back.
    """
    env = {"DEMO": "1", "DATABASE_URL": stack.new_database()}
    server = Server(stack.log("demo"), workers=stack.workers, env=env)
    server.start()
    yield server
    assert server.terminate() == 0, f"the demo server did not end well:\n{server.log()}"


@pytest.fixture
def host(demo: Server) -> Iterator[Host]:
    """The marketplace, which places the orders."""
    with httpx2.Client(base_url=demo.url, timeout=30) as http:
        yield Host(http)


@pytest.fixture
async def gathering(demo: Server, browser: Browser) -> AsyncIterator[Gathering]:
    """Where people sit down at their devices. At the end no page may have complained of anything."""
    gathering = Gathering(browser, demo.url)
    yield gathering
    assert [window.complaints for window in gathering.windows if window.complaints] == []
