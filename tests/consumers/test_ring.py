"""The end of a log kept in memory: a run without a gap, small, and never with words that were taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.ring import MOST, Ring
from tests.consumers.parts import told


@given(st.lists(st.integers(1, 40), max_size=60), st.integers(0, 10), st.integers(0, 40), st.integers(1, 100))
def test_the_ring_gives_only_what_follows_without_a_gap_however_hints_come(seqs, head, after, limit):
    ring = Ring()
    ring.start(head)
    for seq in seqs:
        ring.add([told(seq)])
    given_out = ring.after(after, limit)
    if given_out is not None:
        assert [each.seq for each in given_out] == list(range(after + 1, after + 1 + len(given_out)))
        assert 1 <= len(given_out) <= limit


def test_the_ring_believes_nothing_before_the_log_was_seen_and_no_old_hint_after():
    ring = Ring()
    ring.add([told(5)])
    assert ring.after(4, 10) is None
    ring.start(90)
    ring.add([told(5)])
    assert ring.after(4, 10) is None
    ring.add([told(91), told(92)])
    assert [each.seq for each in ring.after(91, 10) or []] == [92]
    assert ring.after(92, 10) is None
    assert ring.after(89, 10) is None


@pytest.mark.parametrize("kind", ["message.redacted", "message.edited", "thread.closed"])
def test_a_slow_reader_is_not_given_words_that_were_taken_back(kind):
    ring = Ring()
    ring.start(0)
    ring.add([told(1, words="my number is 0151"), told(2), told(3, kind)])
    assert ring.after(0, 10) is None
    assert [each.seq for each in ring.after(2, 10) or []] == [3]


def test_the_ring_stays_small():
    ring = Ring()
    ring.start(0)
    ring.add([told(seq) for seq in range(1, 1000)])
    assert ring.after(999 - MOST - 1, 1) is None
    assert len(ring.after(999 - MOST, 1000) or []) == MOST
    ring.add([told(seq, words="x" * 30_000) for seq in range(1000, 1010)])
    assert len(ring.after(1007, 100) or []) == 2
    assert ring.after(1005, 100) is None
