"""What is planned is what can be said: every notice that an entry or a deadline leads to has its letter."""

from notices.kinds import NOTICES, named
from orders import notices, reminders
from orders.policy import policy


def test_every_notice_that_is_planned_has_a_letter() -> None:
    planned = {name for name, _ in notices.NOTICES.values()}
    assert len(planned) > 30
    assert {name for name in planned if named(name, {}) not in NOTICES} <= {"offer.voided"}


def test_every_warning_has_a_letter() -> None:
    warned = {f"reminder.{deadline}" for deadline in reminders.table(policy)}
    assert len(warned) > 6
    assert {name for name in warned if named(name, {}) not in NOTICES} == set()
