"""What people write is flagged or masked as it is sent, whatever they write it in; the author is told what and where."""

from chat import flags
from chat.models import Entry
from tests.market import Deal, Said
from tests.profiles import catching

PHONE, CARD = "0151 23456789", "4111 1111 1111 1111"


def found(reply: Said) -> list[tuple[str, int, int, str]]:
    return [(each["kind"], each["start"], each["end"], each["action"]) for each in reply.get("caught", [])]


def kinds(deal: Deal) -> dict[int, list[str]]:
    """The open flags by entry."""
    told: dict[int, list[str]] = {}
    for each in flags.of_thread(deal.thread):
        told.setdefault(each["seq"], []).append(each["kind"])
    return told


def test_a_flagged_message_arrives_as_it_is_and_kim_is_told_what_was_caught(deal: Deal) -> None:
    plain = deal.kim.does("message.send", text="Hello")
    assert "caught" not in plain
    sent = deal.kim.does("message.send", text=f"Call {PHONE}")
    assert found(sent) == [("phone", 5, 18, "flag")]
    assert deal.sam.reads()[-1]["text"] == f"Call {PHONE}"
    assert "caught" not in str(deal.sam.reads())
    assert kinds(deal) == {sent["seq"]: ["phone"]}
    assert flags.originals(deal.thread) == []


def test_a_retry_is_told_the_same(deal: Deal) -> None:
    same = "01990000-0000-7000-8000-0000000000F1"
    first = deal.kim.does("message.send", id=same, text=f"Call {PHONE}")
    again = deal.kim.does("message.send", id=same, text=f"Call {PHONE}")
    assert again == first | {"duplicate": True}
    assert len(flags.of_thread(deal.thread)) == 1


def test_a_card_is_masked_for_everybody_and_staff_keep_the_original(deal: Deal) -> None:
    sent = deal.kim.does("message.send", text=f"My card: {CARD}, ok?")
    assert found(sent) == [("card", 9, 28, "mask")]
    for person in (deal.kim, deal.sam):
        assert person.reads()[-1]["text"] == "My card: ••••, ok?"
    assert flags.originals(deal.thread) == [{"seq": sent["seq"], "field": "text", "text": f"My card: {CARD}, ok?"}]


def test_staff_say_what_they_like(deal: Deal) -> None:
    deal.mia.does("moderation.watch")
    assert "caught" not in deal.mia.does("message.send", text=f"Call us: {PHONE}")
    assert flags.of_thread(deal.thread) == []


def test_an_edit_smuggles_nothing(deal: Deal) -> None:
    sent = deal.kim.does("message.send", text="Hello")
    with catching("phone=hold"):
        edited = deal.kim.does("message.edit", target=sent["seq"], text=f"Call {PHONE}")
    assert found(edited) == [("phone", 5, 18, "mask")]
    assert PHONE not in str(deal.sam.reads())
    assert flags.originals(deal.thread)[0]["seq"] == edited["seq"]


def test_every_text_that_the_other_reads_is_looked_at(deal: Deal) -> None:
    with catching("phone=mask"):
        said = f"call {PHONE}"
        deal.sam.does("offer.make", title=said, description=said)
        deal.kim.does("offer.request", text=said)
        deal.kim.does("proposal.make", kind="refund", reason=said, amount={"amount": 1, "currency": "EUR"})
        first = deal.kim.does("message.send", text="Hello")
        deal.kim.does("message.redact", target=first["seq"], reason=said)
        deal.to("in_progress")
        deal.sam.does("order.deliver", note=said)
        deal.kim.does("order.request_revision", text=said)
        deal.sam.does("order.refuse_revision", reason=said)
        deal.kim.does("order.close")
        deal.kim.does("support.open", text=said)
        deal.kim.does("review.write", text=said, rating=4)
        deal.sam.does("review.reply", text=said)
    for person in (deal.kim, deal.sam):
        assert PHONE not in str((person.reads(), person.sees(), person.lists()))
    where = {
        (row["kind"], each["field"])
        for row in deal.log()
        for each in flags.of_thread(deal.thread)
        if each["seq"] == row["seq"]
    }
    assert where == {
        ("offer.made", "title"),
        ("offer.made", "description"),
        ("offer.requested", "text"),
        ("proposal.made", "reason"),
        ("message.redacted", "reason"),
        ("order.changed", "note"),
        ("support.opened", "text"),
        ("review.written", "text"),
        ("review.replied", "text"),
    }


def test_a_number_in_pieces_is_caught_with_its_last(deal: Deal) -> None:
    with catching("phone=mask"):
        assert "caught" not in deal.kim.does("message.send", text="0151")
        deal.sam.does("message.send", text="What is that?")
        assert "caught" not in deal.sam.does("message.send", text="23456789")
        last = deal.kim.does("message.send", text="then 23456789")
    assert found(last) == [("phone", 5, 13, "mask")]
    assert deal.sam.reads()[-1]["text"] == "then ••••"


def test_where_the_work_holds_contacts_nothing_is_caught(deal: Deal) -> None:
    with catching("phone=mask,exempt=voice-over"):
        script = deal.again(category="voice-over")
        assert "caught" not in script.kim.does("message.send", text=f"Call {PHONE}")
        assert "caught" in deal.kim.does("message.send", text=f"Call {PHONE}")


def test_a_flag_takes_no_place_in_the_log(deal: Deal) -> None:
    sent = deal.kim.does("message.send", text=f"Call {PHONE}")
    assert Entry.objects.filter(thread=deal.thread).count() == sent["seq"] == deal.head()
