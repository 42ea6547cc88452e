"""The host asks what somebody could do, and is told what the server would then do (tests/orders/test_capabilities.py
tries it for every command, role and situation)."""

import pytest

from chat.refusals import Refused
from orders import verdicts
from tests.market import Deal, passes
from tests.orders.situations import arrange


def test_it_says_why_not_what_instead_and_until_when(deal: Deal) -> None:
    deal.to("delivered")
    writes = verdicts.one(deal.kim.user, deal.thread, "message.send")
    assert (writes["code"], writes["until"]) == ("chat_blocked", deal.seen()["deadlines"]["auto_close_at"])
    assert verdicts.one(deal.kim.user, deal.thread, "order.close") == {"allowed": True}
    deal.kim.does("order.close")
    ended = verdicts.one(deal.kim.user, deal.thread, "order.close")
    assert (ended["allowed"], ended["code"], ended["possible"]) == (False, "order_ended", ["order_again", "offer"])


def test_mute_and_archive_can_be_asked_for_though_capabilities_leave_them_out(deal: Deal) -> None:
    for command in ("thread.mute", "thread.archive"):
        assert verdicts.one(deal.kim.user, deal.thread, command) == {"allowed": True}
        assert verdicts.one(deal.mia.user, deal.thread, command)["code"] == "wrong_role"
        assert deal.kim.does(command, on=True)
        assert deal.mia.refused(command, on=True).code == "wrong_role"


@pytest.mark.parametrize("command", ["message.send", "message.redact"])
def test_mia_has_to_say_why_she_looks_before_she_writes(deal: Deal, command: str) -> None:
    seq = deal.kim.does("message.send")["seq"]
    said = {"target": seq, "reason": "this is not for this place"} if command == "message.redact" else {}
    assert verdicts.one(deal.mia.user, deal.thread, command)["code"] == "reason_required"
    assert deal.mia.refused(command, **said).code == "reason_required"
    assert verdicts.one(deal.mia.user, deal.thread, "moderation.watch") == {"allowed": True}
    assert verdicts.one(deal.mia.user, deal.thread, "moderation.freeze") == {"allowed": True}
    deal.mia.does("moderation.watch")
    assert verdicts.one(deal.mia.user, deal.thread, command) == {"allowed": True}
    passes(hours=2)
    assert verdicts.one(deal.mia.user, deal.thread, command)["code"] == "reason_required"


def test_an_outsider_would_find_nothing(deal: Deal) -> None:
    assert verdicts.one(deal.odd.user, deal.thread, "message.send")["code"] == "not_found"
    assert deal.odd.refused("message.send").code == "not_found"


def test_a_suspended_person_could_do_nothing(deal: Deal) -> None:
    arrange(deal, "kim-suspended")
    for command in ("message.send", "thread.mute", "order.start"):
        assert verdicts.one(deal.kim.user, deal.thread, command)["code"] == "suspended"


def test_an_unknown_user_thread_or_command_is_refused_alone_and_answered_among_others(deal: Deal) -> None:
    kim, here = deal.kim.user, deal.thread
    wrong = [("nobody", here, "message.send"), (kim, "nowhere", "message.send"), (kim, here, "message.shout")]
    wanted = [("not_found", "user"), ("not_found", "thread"), ("unknown_type", "command")]
    for question, (code, field) in zip(wrong, wanted, strict=True):
        with pytest.raises(Refused) as caught:
            verdicts.one(*question)
        assert (caught.value.code, caught.value.field) == (code, field)
    answers = verdicts.several([*wrong, (kim, here, "message.send")])
    assert [each.get("code") for each in answers] == ["not_found", "not_found", "unknown_type", None]


def test_asking_does_nothing_and_is_no_look(deal: Deal) -> None:
    before = deal.log()
    for person in (deal.kim, deal.sam, deal.mia):
        verdicts.several([(person.user, deal.thread, name) for name in sorted(verdicts.NAMED)])
    assert deal.log() == before
    assert deal.mia.refused("thread.snapshot").code == "reason_required"
