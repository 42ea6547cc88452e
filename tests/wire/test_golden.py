"""The frames of one scripted run are the committed ones, and what the published document says."""

from typing import Any

import pytest

from tests.wire import golden
from tests.wire.published import faults, undocumented

Seen = dict[str, dict[str, Any]]


@pytest.mark.parametrize("name", golden.NAMES)
def test_the_wire_is_what_it_was(seen: Seen, name: str) -> None:
    assert set(seen) == set(golden.NAMES)
    golden.hold(name, seen[name])


@pytest.mark.parametrize("name", golden.NAMES)
def test_every_frame_is_as_published(seen: Seen, name: str) -> None:
    found = faults({name: seen[name]})
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", ["replies", "entries", "frames"])
def test_no_frame_says_more_than_is_published(seen: Seen, name: str) -> None:
    found = undocumented(name, seen[name])
    assert not found, "\n".join(found)
