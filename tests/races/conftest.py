"""The arena."""

from collections.abc import Iterator

import pytest

from tests.races.arena import Arena, opened


@pytest.fixture
def arena(trade: None) -> Iterator[Arena]:
    with opened() as arena:
        yield arena
