"""Whatever people do, later the log tells how all stood at each moment: what staff saw, what each could do and why not.

The state machine of test_machine.py lives the lives; here each moment is written down and replayed in the end.
REPLAY_EXAMPLES=100 makes a long run.
"""

import os
from contextlib import nullcontext

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from chat import profiles
from tests.invariants.test_machine import Machine
from tests.moderation.recollection import Moment, held, moment
from tests.orders.paying import by_the_host
from tests.profiles import under

EXAMPLES = int(os.environ.get("REPLAY_EXAMPLES") or 3)
STEPS = int(os.environ.get("REPLAY_STEPS") or 20)


class Remembered(Machine):
    def __init__(self) -> None:
        super().__init__()
        self.moments: list[Moment] = []

    @invariant()
    def all_is_true(self) -> None:
        self.moments += [moment(deal) for deal in self.touched]

    def teardown(self) -> None:
        for each in self.moments:
            held(each)


@pytest.mark.parametrize("profile", [profiles.DEFAULT, "seven-day-chat"])
def test_the_log_tells_how_all_stood_at_every_moment_of_any_life(trade: None, profile: str) -> None:
    default = profile == profiles.DEFAULT
    with under(profile), nullcontext() if default else by_the_host():
        run_state_machine_as_test(Remembered, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS))
