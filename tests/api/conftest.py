"""The marketplace that the tests of HTTP play."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from django.core.asgi import get_asgi_application

from tests.api.market import Market
from tests.services.server import Server
from tests.stack import Stack

MarketAt = Callable[[Server], Market]


@pytest.fixture
def market_at() -> Iterator[MarketAt]:
    """A marketplace of its own people at any server."""
    with ExitStack() as opened:
        yield lambda server: Market(opened.enter_context(httpx2.Client(base_url=server.url, timeout=20)))


@pytest.fixture
def market(server: Server, market_at: MarketAt) -> Market:
    return market_at(server)


@pytest.fixture
async def inside(stack: Stack) -> AsyncIterator[httpx2.AsyncClient]:
    """HTTP to the application in this very process, for tests that break something in it."""
    app: Any = get_asgi_application()
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client
