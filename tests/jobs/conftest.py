"""A database with the table that jobs of the tests write to, and kinds that no other test has."""

import uuid

import pytest


@pytest.fixture
def kind(trade: None) -> str:
    """A kind of job of this test's own."""
    # The models are there only now: pytest reads this file before Django is set up.
    from tests.jobs import effects

    effects.lay_out()
    return f"test-{uuid.uuid4().hex[:12]}"
