"""Who the tests of sockets are about."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx2
import pytest

from tests.api.market import Market
from tests.services.server import Server


@pytest.fixture
def market_at() -> Iterator[Callable[[Server], Market]]:
    """A marketplace of its own people at any server."""
    with ExitStack() as opened:
        yield lambda server: Market(opened.enter_context(httpx2.Client(base_url=server.url, timeout=20)))


@pytest.fixture
def market(server: Server, market_at: Callable[[Server], Market]) -> Market:
    return market_at(server)
