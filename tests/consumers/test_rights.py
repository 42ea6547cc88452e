"""Which entries can have changed what somebody may do: the others cost the database nothing."""

import pytest

from chat.actors import Actor
from consumers.rights import may_change, moved_by
from consumers.topic import Rights
from tests.consumers.parts import KIM, SAM, told


def rights(actor: Actor, *allowed: str, **refused: str) -> Rights:
    codes = {key.replace("__", ":").replace("_", "."): {"code": code} for key, code in refused.items()}
    return Rights(actor, moved_by=moved_by(allowed, codes))


def test_a_plain_message_asks_nobody_again():
    kim = rights(KIM, "message.send", "message.edit", "message.redact", "message.report", order_start="wrong_role")
    assert not may_change(kim, [told(5, author="kim"), told(6, author="sam"), told(7, "message.edited")])


def test_the_first_message_makes_it_possible_to_edit_and_to_report():
    fresh = rights(KIM, "message.send", message_edit="edit_window_over", message_report="not_found")
    assert may_change(fresh, [told(1, author="kim")])
    assert may_change(fresh, [told(1, author="sam")])
    reporting = rights(KIM, "message.report", message_edit="edit_window_over")
    assert may_change(reporting, [told(2, author="kim")])
    assert not may_change(reporting, [told(2, author="sam")])


def test_every_message_moves_the_budget_of_the_seller_of_a_closed_order():
    assert may_change(rights(SAM, "message.send:check_in"), [told(5, author="sam")])
    spent = Rights(SAM, moved_by=moved_by((), {"message.send:check_in": {"code": "follow_up_budget"}}))
    assert may_change(spent, [told(6, author="kim")])


@pytest.mark.parametrize("kind", ["order.changed", "offer.made", "thread.closed", "message.redacted", "some.day"])
def test_anything_else_may_change_anything(kind):
    assert may_change(rights(KIM, "message.edit"), [told(5, kind)])
