"""What was caught is staff's to read and to settle: once, and message by message."""

from chat import flags
from chat.ids import new_name
from chat.models import Flag
from tests.market import Deal, now


def caught(deal: Deal, kind: str) -> int:
    seq = int(deal.kim.does("message.send")["seq"])
    Flag.objects.create(
        id=new_name(),
        thread_id=deal.thread,
        seq=seq,
        by=deal.kim.user,
        kind=kind,
        start=0,
        end=4,
        action="flag",
        at=now(),
    )
    return seq


def test_mia_settles_one_message_and_the_others_stay_open(deal: Deal) -> None:
    assert flags.open_flags([deal.thread]) == {}
    first, second = caught(deal, "phone"), caught(deal, "email")
    caught(deal, "email")
    assert flags.open_flags([deal.thread, "nowhere"]) == {deal.thread: ["email", "phone"]}
    assert flags.settle(deal.thread, first, deal.mia.user, now()) == 1
    assert flags.settle(deal.thread, first, deal.mia.user, now()) == 0
    assert flags.open_flags([deal.thread]) == {deal.thread: ["email"]}
    told = {each["seq"]: each.get("settled_by") for each in flags.of_thread(deal.thread)}
    assert (told[first], told[second]) == (deal.mia.user, None)
