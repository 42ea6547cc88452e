"""What waits for moderators is found in one place, taken in hand by one of them, and answered to everybody concerned."""

from chat import jobs, people
from moderation.canned import CANNED
from moderation.feed import rows
from moderation.models import Decision
from tests.letters import delivered, letters
from tests.market import Deal, meet, passes
from tests.moderation.queueing import everything, waits

WHY = "The message insults a person."
WORDS = "you are a fool and a thief"


def reported(deal: Deal) -> str:
    """Sam is rude and kim reports it; returns the item."""
    seq = deal.sam.does("message.send", text=WORDS)["seq"]
    deal.kim.does("message.report", target=seq, reason=f"he said {WORDS}")
    return f"message:{deal.thread}:{seq}"


def test_everything_that_waits_is_in_the_queue_until_it_is_answered(deal: Deal) -> None:
    assert waits(deal) == []
    item = reported(deal)
    claim = deal.kim.does("claim.file")["claim"]
    assert {each["item"]: each["kind"] for each in waits(deal)} == {item: "message", f"claim:{claim}": "claim"}
    assert [each["item"] for each in waits(deal, kinds=["claim"])] == [f"claim:{claim}"]
    deal.mia.does("moderation.reject_claim", claim=claim)
    assert [each["item"] for each in waits(deal)] == [item]
    deal.mia.does("moderation.take_item", item=item)
    deal.mia.does("moderation.settle", item=item, outcome="dismissed", reason=WHY)
    assert waits(deal) == []


def test_a_contested_review_waits_until_it_is_ruled_on(deal: Deal) -> None:
    deal.to("closed")
    deal.kim.does("review.write")
    deal.sam.does("review.contest", ground="threat")
    (item,) = waits(deal)
    assert (item["item"], item["priority"]) == (f"review:{deal.order}", 2)
    deal.mia.does("moderation.rule_review", outcome="keep")
    assert waits(deal) == []


def test_many_reports_of_one_message_are_one_item_and_all_are_answered(deal: Deal) -> None:
    seq = deal.sam.does("message.send", text=WORDS)["seq"]
    for number in range(5):
        deal.kim.does("message.report", target=seq, reason=f"rude, I say it {number} times")
        deal.sam.does("message.report", target=seq, reason="I did not mean it")
    (item,) = waits(deal)
    assert (item["reports"], item["target"], item["title"], item["state"]) == (10, seq, "A logo", "pending")
    deal.mia.does("moderation.take_item", item=item["item"])
    assert deal.mia.does("moderation.settle", item=item["item"], outcome="upheld", reason=WHY)["reports"] == 10
    assert [each["outcome"] for each in deal.mia.does("moderation.case")["reports"]] == ["upheld"] * 10
    # One who reports it again is heard again.
    deal.kim.does("message.report", target=seq, reason="it is still there")
    assert [each["reports"] for each in waits(deal)] == [1]


def test_the_author_is_told_why_and_nobody_is_told_who(deal: Deal) -> None:
    item = reported(deal)
    deal.mia.does("moderation.take_item", item=item)
    deal.mia.does("moderation.settle", item=item, outcome="upheld", reason=WHY)
    made = Decision.objects.get(user=deal.sam.user)
    assert (made.act, made.reason, made.about["outcome"]) == ("moderation.settle", WHY, "upheld")
    assert not Decision.objects.filter(user=deal.kim.user).exists()


def test_who_reported_learns_the_outcome_once_and_not_a_word_more(deal: Deal) -> None:
    seq = deal.sam.does("message.send", text=WORDS)["seq"]
    for _ in range(3):
        deal.kim.does("message.report", target=seq, reason=WORDS)
    item = f"message:{deal.thread}:{seq}"
    with delivered():
        deal.mia.does("moderation.take_item", item=item)
        deal.mia.does("moderation.settle", item=item, outcome="upheld", reason=WHY)
        jobs.run_due()
        told = letters(deal)
    assert sorted((letter.who, letter.notice) for letter in told) == [
        ("kim", "report.upheld"),
        ("sam", "decision.made"),
    ]
    for letter in told:
        assert not any(words in str(letter.payload) for words in (WORDS, WHY, deal.mia.user))


def test_a_claim_about_an_answer_that_never_came_is_before_threats_and_money(trade: None) -> None:
    late = meet()
    late.sam.does("order.start")
    late.kim.does("proposal.make", kind="cancellation")
    other = late.again(price={"amount": 900_000, "currency": "EUR"})
    other.sam.does("order.start")
    other.kim.does("claim.file")
    passes(seconds=49 * 3600)
    late.kim.does("claim.file")
    assert [proposal["state"] for proposal in late.kim.sees()["proposals"]] == ["expired"]
    theirs = [each for each in everything(late.mia) if each.get("thread") in (late.thread, other.thread)]
    assert [(each["thread"], each["priority"]) for each in theirs] == [(late.thread, 3), (other.thread, 1)]


def test_money_is_a_head_start_and_time_makes_up_for_it(trade: None) -> None:
    first = meet()
    first.kim.does("claim.file")
    dear = first.again(price={"amount": 900_000, "currency": "EUR"})
    dear.kim.does("claim.file")
    passes(seconds=41 * 3600)
    newest = first.again(price={"amount": 900_000, "currency": "EUR"})
    newest.kim.does("claim.file")
    ours = (first.thread, dear.thread, newest.thread)
    page = [each.get("thread") for each in everything(first.mia)]
    assert [thread for thread in page if thread in ours] == [dear.thread, first.thread, newest.thread]


def test_what_was_caught_waits_with_what_was_reported_and_a_threat_comes_first(deal: Deal) -> None:
    calls = deal.sam.does("message.send", text="call me at +33 6 12 34 56 78")
    threat = deal.kim.does("message.send", text="I know where you live")
    deal.sam.does("message.report", target=threat["seq"])
    first, second = waits(deal)
    assert (first["target"], first["flags"], first["reports"], first["priority"]) == (threat["seq"], ["threat"], 1, 2)
    assert (second["target"], second["flags"], second["reports"], second["priority"]) == (calls["seq"], ["phone"], 0, 0)
    row = rows([deal.thread])[deal.thread].said
    assert (row["flags"], row["risk"]) == (["phone", "threat", "reported"], 15 + 40 + 30)
    for item in (first["item"], second["item"]):
        deal.mia.does("moderation.take_item", item=item)
        deal.mia.does("moderation.settle", item=item, outcome="upheld", reason=WHY)
    assert waits(deal) == []
    assert rows([deal.thread])[deal.thread].said["flags"] == []
    assert [(each["kind"], "settled_at" in each) for each in deal.mia.does("moderation.case")["flags"]] == [
        ("phone", True), ("threat", True),
    ]  # fmt: skip


def test_the_queue_is_read_page_by_page(deal: Deal) -> None:
    for _ in range(3):
        reported(deal)
    whole = everything(deal.mia)
    assert len(whole) >= 3
    assert everything(deal.mia, limit=2) == whole
    assert deal.mia.refused("moderation.queue", cursor="rubbish").code == "bad_request"


def test_one_moderator_has_an_item_in_hand_and_the_other_is_told_who(deal: Deal) -> None:
    item = reported(deal)
    until = deal.mia.does("moderation.take_item", item=item)["until"]
    for command in ("moderation.take_item", "moderation.put_back"):
        refusal = deal.max.refused(command, item=item)
        assert (refusal.code, refusal.info["claimed_by"], refusal.info["claimed_until"]) == (
            "not_allowed", deal.mia.user, until,
        )  # fmt: skip
    settle = {"item": item, "outcome": "dismissed", "reason": WHY}
    assert deal.max.refused("moderation.settle", **settle).info["claimed_by"] == deal.mia.user
    assert [(each["claimed_by"], each["claimed_until"]) for each in waits(deal, deal.max)] == [(deal.mia.user, until)]
    passes(seconds=600)
    assert deal.mia.does("moderation.take_item", item=item)["until"] > until
    passes(seconds=600)
    assert deal.max.refused("moderation.take_item", item=item).code == "not_allowed"
    deal.mia.does("moderation.put_back", item=item)
    assert deal.max.does("moderation.take_item", item=item)
    passes(seconds=15 * 60)
    assert "claimed_by" not in waits(deal)[0]
    assert deal.max.refused("moderation.settle", **settle).code == "not_allowed"
    assert deal.mia.does("moderation.take_item", item=item)


def test_taking_an_item_is_a_look_that_is_on_record(deal: Deal) -> None:
    item = reported(deal)
    assert deal.mia.refused("thread.history").code == "reason_required"
    deal.mia.does("moderation.take_item", item=item)
    assert deal.mia.does("thread.history")["entries"]
    (look,) = deal.mia.does("moderation.case")["looks"]
    assert (look["moderator"], look["reason"]) == (deal.mia.user, f"from the queue: {item}")


def test_a_claim_in_hand_is_withdrawn_no_more(deal: Deal) -> None:
    claim = deal.kim.does("claim.file")["claim"]
    assert "claim.withdraw" in deal.kim.may()["allowed"]
    deal.mia.does("moderation.take_item", item=f"claim:{claim}")
    assert deal.kim.refused("claim.withdraw").code == "not_allowed"
    assert "claim.withdraw" not in deal.kim.may()["allowed"]
    assert [each["item"] for each in waits(deal)] == [f"claim:{claim}"]


def test_without_a_reason_a_moderator_reads_no_word_of_anybody(deal: Deal) -> None:
    reported(deal)
    deal.kim.does("claim.file", reason=WORDS)
    said = deal.mia.does("moderation.queue", limit=100)
    assert {"message", "claim"} <= {each["kind"] for each in said["items"]}
    assert WORDS not in str(said)
    assert deal.mia.refused("moderation.case").code == "reason_required"
    deal.mia.does("moderation.watch")
    assert WORDS in str(deal.mia.does("moderation.case"))


def test_the_queue_is_for_moderators_alone(deal: Deal) -> None:
    item = reported(deal)
    settle = {"item": item, "outcome": "upheld", "reason": WHY}
    for person in (deal.kim, deal.sam, deal.odd):
        assert person.refused("moderation.queue").code == "wrong_role"
        for command in ("moderation.take_item", "moderation.put_back"):
            assert person.refused(command, item=item).code == "wrong_role"
            assert person.refused(command, item="held:nothing").code == "wrong_role"
        assert person.refused("moderation.settle", **settle).code == "wrong_role"
        assert person.refused("moderation.case").code == ("not_found" if person is deal.odd else "wrong_role")
    assert deal.mia.refused("moderation.settle", **settle).code == "not_allowed"
    for name in ("held:nothing", "claim:nothing", "review:nothing", "message:nothing:1", f"message:{deal.thread}:99"):
        assert deal.mia.refused("moderation.take_item", item=name).code == "not_found"
    assert deal.mia.refused("moderation.take_item", item=f"message:{deal.thread}:1").code == "not_allowed"
    assert deal.mia.refused("moderation.settle", item="claim:x", outcome="upheld", reason=WHY).code == "bad_request"


def test_a_case_shows_all_that_staff_may_see(deal: Deal) -> None:
    seq = deal.sam.does("message.send", text=WORDS)["seq"]
    gone = deal.sam.does("message.send", text="call me at home")["seq"]
    deal.sam.does("message.edit", target=seq, text="Good morning")
    deal.sam.does("message.redact", target=gone)
    deal.kim.does("claim.file", reason="he called me a fool")
    deal.mia.does("moderation.watch")
    deal.mia.does("moderation.note", text="seen before")
    deal.mia.does("moderation.freeze")
    deal.kim.does("message.send", text="my side", purpose="statement")
    deal.sam.does("message.send", text="his side", purpose="statement")
    case = deal.mia.does("moderation.case")
    assert [(each["by"]["role"], each["text"]) for each in case["statements"]] == [
        ("buyer", "my side"),
        ("seller", "his side"),
    ]
    assert [each["reason"] for each in case["claims"]] == ["he called me a fool"]
    assert {(each["target"], each["text"], each["cause"]) for each in case["originals"]} == {
        (seq, WORDS, "edited"), (gone, "call me at home", "redacted"),
    }  # fmt: skip
    assert [each["action"] for each in case["acts"]] == ["moderation.note", "moderation.freeze"]


def test_a_reason_to_start_from_is_in_the_moderators_language(deal: Deal) -> None:
    english = deal.mia.does("moderation.queue")["canned"]
    people.put(deal.mia.user, name="Mia", email="", locale="fr-CA", role="moderator")
    french = deal.mia.does("moderation.queue")["canned"]
    assert [each["key"] for each in english] == [each["key"] for each in french] == [each.key for each in CANNED]
    assert all(a["text"] != b["text"] for a, b in zip(english, french, strict=True))
    # Each is one that settle takes as a reason.
    assert all(len(each["text"].strip()) >= 10 for each in (*english, *french))
