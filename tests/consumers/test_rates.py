"""How fast one person may write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers.rates import Bucket


def test_twenty_at_once_then_five_a_second_and_each_person_alone():
    bucket = Bucket(5, 20)
    assert not any(bucket.take("kim", 100) for _ in range(20))
    assert bucket.take("kim", 100) == pytest.approx(0.2)
    assert bucket.take("sam", 100) == 0
    assert bucket.take("kim", 100.1) == pytest.approx(0.1)
    assert bucket.take("kim", 100.2) == 0
    assert bucket.take("kim", 100.2) == pytest.approx(0.2)


def test_a_token_that_was_given_back_can_be_taken_again():
    bucket = Bucket(5, 20)
    for _ in range(20):
        bucket.take("kim", 100)
    bucket.give_back("kim")
    assert bucket.take("kim", 100) == 0
    assert bucket.take("kim", 100) > 0


@given(st.lists(st.floats(0, 0.5), min_size=1, max_size=200))
def test_nobody_ever_gets_more_than_burst_plus_rate(pauses):
    bucket, now, taken = Bucket(5, 20), 0.0, 0
    for pause in pauses:
        now += pause
        wait = bucket.take("kim", now)
        taken += not wait
        if wait:
            assert Bucket(5, 20).take("kim", now) == 0
        assert taken <= 20 + 5 * now + 1e-6
