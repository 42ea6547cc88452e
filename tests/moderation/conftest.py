"""Staff, and the browsers that they sit at."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.moderation.visitor import Visitor
from tests.services.server import Server

Sits = Callable[[], Visitor]


@pytest.fixture
def sits(server: Server) -> Iterator[Sits]:
    """Another browser at the server that all tests share."""
    with ExitStack() as opened:

        def sit() -> Visitor:
            visitor = Visitor(server.url)
            opened.callback(visitor.http.close)
            return visitor

        yield sit


@pytest.fixture
def mia(server: Server) -> str:
    """A new moderator's name; her account is the test's to make."""
    return f"mia-{uuid.uuid4().hex[:12]}"
