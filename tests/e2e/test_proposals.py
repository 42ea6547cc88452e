"""What one proposes and the other answers, on cards that both see change."""

from datetime import timedelta

from playwright.async_api import Locator, expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering, Window
from tests.e2e.records import snapshot, step
from tests.times import instant


def card(window: Window, kind: str) -> Locator:
    return window.page.locator(f'[data-testid="proposal-card"][data-kind="{kind}"]').last


async def at_work(gathering: Gathering, host: Host, title: str) -> tuple[str, Window, Window]:
    """Sam works for kim, and both have the thread before them."""
    thread = host.place(title)
    step(host, "sam", thread, "order.start")
    kim, sam = await gathering.sits("kim", PHONE), await gathering.sits("sam", DESK)
    for window in (kim, sam):
        await window.opens(thread)
    return thread, kim, sam


async def test_sam_asks_for_more_time_from_the_date_that_holds_and_kim_grants_what_she_reads(
    gathering: Gathering, host: Host
) -> None:
    thread, kim, sam = await at_work(gathering, host, "A wall")
    due = instant(snapshot(host, "sam", thread)["order"]["deadlines"]["deliver_by"])
    await sam.begins("proposal.make:extension")
    field = sam.at("field-deliver_by")
    shown: str = await field.input_value()
    local = await sam.page.evaluate("at => new Date(at).getTime()", shown)
    assert abs(local / 1000 - due.timestamp()) < 60
    later = due + timedelta(days=3)
    wanted = await sam.page.evaluate(
        "at => new Date(new Date(at) - new Date(at).getTimezoneOffset() * 60000).toISOString().slice(0, 16)",
        later.isoformat(),
    )
    await field.fill(wanted)
    await sam.at("field-reason").fill("The stones come late.")
    await sam.confirms()

    await expect(card(kim, "extension")).to_have_attribute("data-state", "open")
    await expect(card(kim, "extension")).to_contain_text("The delivery date moves to")
    await expect(card(kim, "extension")).to_contain_text("The stones come late.")
    await expect(card(sam, "extension").get_by_test_id("action-proposal.accept")).to_have_count(0)
    await card(kim, "extension").get_by_test_id("action-proposal.accept").click()
    # The button that confirms stands under what it does.
    await expect(kim.page.locator("dialog").get_by_test_id("proposal-effect")).to_contain_text(
        "The delivery date moves"
    )
    await kim.confirms()
    for window in (kim, sam):
        await expect(card(window, "extension")).to_have_attribute("data-state", "accepted")
    moved = instant(snapshot(host, "sam", thread)["order"]["deadlines"]["deliver_by"])
    assert abs((moved - later).total_seconds()) <= 60


async def test_kim_gives_up_a_refund_that_sam_declined_and_takes_back_a_cancellation(
    gathering: Gathering, host: Host
) -> None:
    thread, kim, sam = await at_work(gathering, host, "A roof")
    await kim.does("proposal.make:refund", amount="30", reason="Half of it is missing.")
    await expect(card(sam, "refund")).to_contain_text("€30.00 goes back to the buyer")
    await card(sam, "refund").get_by_test_id("action-proposal.decline").click()
    await sam.confirms()
    for window in (kim, sam):
        await expect(card(window, "refund")).to_have_attribute("data-state", "declined")

    await kim.does("proposal.make:cancellation", reason="I moved away.")
    await expect(card(sam, "cancellation")).to_contain_text("the buyer is refunded in full")
    await card(kim, "cancellation").get_by_test_id("action-proposal.withdraw").click()
    await kim.confirms()
    for window in (kim, sam):
        await expect(card(window, "cancellation")).to_have_attribute("data-state", "withdrawn")
        await expect(card(window, "cancellation").get_by_role("button")).to_have_count(0)
    assert snapshot(host, "kim", thread)["order"]["state"] == "in_progress"

    await kim.does("proposal.make:cancellation", reason="I did move away.")
    await card(sam, "cancellation").get_by_test_id("action-proposal.accept").click()
    await sam.confirms()
    for window in (kim, sam):
        await window.sees_order("cancelled")
        await expect(card(window, "cancellation")).to_have_attribute("data-state", "accepted")
