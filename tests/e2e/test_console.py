"""Moderators at the console, by the keyboard alone: from a flagged message to a resolved dispute."""

import asyncio
from collections.abc import Callable

import httpx2
from playwright.async_api import Browser, ViewportSize, expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, Gathering, Window
from tests.e2e.records import looks
from tests.services.server import Server

WIDE: ViewportSize = {"width": 1440, "height": 900}


async def at_console(gathering: Gathering, who: str, path: str = "/console") -> Window:
    """Sit down at the console; the first view is there."""
    window = await gathering.stranger(WIDE)
    await window.page.goto(f"{window.base}/demo/{who}?next={path}")
    await expect(window.page.locator(".cnav a[aria-current=page]")).to_have_count(1)
    return window


async def press(window: Window, *keys: str) -> None:
    for key in keys:
        await window.page.keyboard.press(key)


async def writes(window: Window, text: str) -> None:
    await window.page.keyboard.type(text)


async def chooses_item(window: Window, item: str) -> None:
    """Go down the queue by j until the item has the focus."""
    row = window.page.locator(f'[data-item="{item}"] .pick')
    await row.wait_for()
    for _ in range(60):
        await window.page.keyboard.press("j")
        if await row.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"no way to {item} by the keyboard")


async def test_mia_goes_from_a_reported_message_to_a_resolved_dispute_without_a_mouse(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A seal")
    host.does("sam", thread, "order.start", expect=1)
    host.does("sam", thread, "message.send", text="Pay me outside: 0151 23456789")
    seq = host.log("kim", thread)[-1]["seq"]
    host.does("kim", thread, "message.report", target=seq, reason="He wants money outside.")
    item = f"message:{thread}:{seq}"

    mia = await at_console(gathering, "mia")
    await chooses_item(mia, item)
    about = mia.at("queue-item")
    await expect(about).to_contain_text("A seal")
    # Nothing that anybody wrote is shown before she has it in hand, which is her reason to look.
    await expect(mia.page.locator("body")).not_to_contain_text("Pay me outside")
    assert looks(host, thread) == []
    await press(mia, "t")
    await expect(mia.at("in-hand")).to_be_visible()
    await expect(mia.page.locator(".msg.cpicked")).to_contain_text("Pay me outside")
    ((who, why),) = looks(host, thread)
    assert who == "mia"
    assert item in why
    # She removes it, and answers the report.
    await press(mia, "r")
    await expect(mia.at("dialog-message.redact")).to_be_visible()
    await press(mia, "Tab")
    await writes(mia, "Payment stays here, where it is safe.")
    await press(mia, "Control+Enter")
    await expect(mia.page.locator(f'[data-seq="{seq}"]')).to_contain_text("Our team removed this message.")
    await press(mia, "s")
    await expect(mia.at("dialog-moderation.settle")).to_be_visible()
    await press(mia, "Tab", "Tab")
    await writes(mia, "He asked for a payment outside.")
    await press(mia, "Control+Enter")
    await expect(mia.at("in-hand")).to_be_hidden()

    # Kim asks for help; the claim comes into the queue, and leads to the case.
    host.does("kim", thread, "claim.file", reason="I trust him no more.")
    await press(mia, "q")
    claim = mia.page.locator('[data-testid="queue-row"][data-item^="claim:"]:has-text("A seal")')
    await claim.wait_for()
    await chooses_item(mia, str(await claim.get_attribute("data-item")))
    await press(mia, "t")
    await expect(mia.at("case-claim")).to_contain_text("I trust him no more.")
    await press(mia, "f")
    await mia.at("dialog-moderation.freeze").wait_for()
    await writes(mia, "We look into it.")
    await press(mia, "Control+Enter")
    await mia.sees_order("frozen")
    host.does("kim", thread, "message.send", text="He took my trust.", purpose="statement")
    host.does("sam", thread, "message.send", text="It was a joke.", purpose="statement")
    await mia.page.get_by_role("button", name="Read again").click()
    await expect(mia.at("statements-buyer")).to_contain_text("He took my trust.")
    await expect(mia.at("statements-seller")).to_contain_text("It was a joke.")
    await expect(mia.at("statements-buyer")).not_to_contain_text("It was a joke.")
    await press(mia, "v")
    await mia.at("dialog-moderation.resolve").wait_for()
    await press(mia, "S", "Tab")
    await writes(mia, "50.00")
    await press(mia, "Tab")
    await writes(mia, "Half of the work is there.")
    await press(mia, "Control+Enter")
    await mia.sees_order("closed")
    (ruled,) = [entry for entry in host.log("kim", thread) if entry["kind"] == "dispute.resolved"]
    assert (ruled["outcome"], ruled["reason"]) == ("split", "Half of the work is there.")
    paid = {
        entry["kind"]: entry["amount"]["amount"] for entry in host.log("kim", thread) if "payment.re" in entry["kind"]
    }
    assert paid == {"payment.refunded": 5_000, "payment.released": 7_000}


async def test_the_feed_moves_by_itself_and_brings_no_words(gathering: Gathering, host: Host) -> None:
    thread = host.place("A weathervane")
    mia = await at_console(gathering, "mia", "/console/feed")
    row = mia.page.locator(f'[data-testid="feed-row"][data-thread="{thread}"]')
    await expect(row).to_contain_text("Waiting to start")
    host.does("sam", thread, "order.start", expect=1)
    host.does("sam", thread, "message.send", text="The secret is copper.")
    await expect(row).to_contain_text("In progress")
    await expect(mia.page.locator('[data-testid="feed-row"]').first).to_have_attribute("data-thread", thread)
    await expect(mia.page.locator("body")).not_to_contain_text("copper")
    # Only what fits the filter stays on the page.
    await mia.at("feed-state").select_option("pending")
    await expect(row).to_have_count(0)
    await mia.at("feed-state").select_option("in_progress")
    await expect(row).to_be_visible()


async def test_two_moderators_at_one_item_have_one_winner_and_the_other_is_told_who(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A kite")
    host.does("sam", thread, "message.send", text="You fool.")
    seq = host.log("kim", thread)[-1]["seq"]
    host.does("kim", thread, "message.report", target=seq, reason="He is rude.")
    item = f"message:{thread}:{seq}"
    mia, max_ = await at_console(gathering, "mia"), await at_console(gathering, "max")
    for window in (mia, max_):
        await chooses_item(window, item)
    await asyncio.gather(*(press(window, "t") for window in (mia, max_)))
    hands = [mia.at("in-hand"), max_.at("in-hand")]
    await expect(mia.page.locator('[data-testid="in-hand"]:visible').or_(mia.at("toast")).first).to_be_visible()
    await expect(max_.page.locator('[data-testid="in-hand"]:visible').or_(max_.at("toast")).first).to_be_visible()
    winners = [await hand.is_visible() for hand in hands]
    assert sorted(winners) == [False, True]
    loser = max_ if winners[0] else mia
    winner = "mia" if winners[0] else "max"
    await expect(loser.page.locator(f'[data-item="{item}"]')).to_contain_text(f"in hand with {winner}")


async def test_a_moderator_without_a_reason_is_shown_nothing(gathering: Gathering, host: Host) -> None:
    thread = host.place("A lock")
    host.does("kim", thread, "message.send", text="The number is on the back.")
    mia = await at_console(gathering, "mia", f"/console/t/{thread}")
    await mia.at("watch-dialog").wait_for()
    await press(mia, "Escape")
    await expect(mia.at("watch")).to_be_visible()
    await press(mia, "2", "3", "1")
    await expect(mia.page).to_have_url(f"{mia.base}/console/t/{thread}")
    await expect(mia.at("watch-dialog")).to_have_count(0)
    await expect(mia.page.locator("body")).not_to_contain_text("on the back")
    assert looks(host, thread) == []
    await press(mia, "w")
    await mia.at("watch-dialog").wait_for()
    await writes(mia, "Somebody called about it")
    await press(mia, "Control+Enter")
    await mia.reads("The number is on the back.")
    assert looks(host, thread) == [("mia", "Somebody called about it")]


async def test_a_held_message_is_released_by_the_keyboard_and_only_then_read(
    start_server: Callable[..., Server], browser: Browser
) -> None:
    server = start_server(fresh=True, DEMO="1", CATCHING="phone=hold")
    gathering = Gathering(browser, server.url)
    with httpx2.Client(base_url=server.url, timeout=30) as http:
        host = Host(http)
        thread = host.place("A lamp")
        sent = host.does("sam", thread, "message.send", text="Ring me: 0151 23456789")
        assert "seq" not in sent
        assert host.texts("kim", thread) == []
        mia = await at_console(gathering, "mia")
        await chooses_item(mia, f"held:{sent['held']}")
        await press(mia, "t")
        await expect(mia.at("case-held")).to_contain_text("Ring me: 0151 23456789")
        await press(mia, "s")
        await mia.page.get_by_role("menuitem", name="Release the message").press("Enter")
        await mia.at("dialog-moderation.release_message").wait_for()
        await mia.at("dialog-confirm").press("Enter")
        await expect(mia.at("in-hand")).to_be_hidden()
        await expect(mia.at("case-held")).to_have_count(0)
        assert host.texts("kim", thread) == ["Ring me: 0151 23456789"]
    assert mia.complaints == []


async def test_sam_is_warned_appeals_and_lea_rules_but_mia_could_not(gathering: Gathering, host: Host) -> None:
    thread = host.place("A bell")
    mia = await at_console(gathering, "mia", "/console/people/sam")
    await expect(mia.page.locator(f'[data-thread="{thread}"]')).to_be_visible()
    await mia.at("people-moderation.warn").click()
    await writes(mia, "Asking for money outside.")
    await press(mia, "Control+Enter")
    await expect(mia.at("toast")).to_contain_text("Warned.")
    decision = host.does("sam", thread, "decision.list", limit=1)["decisions"][0]
    appeal = host.does("sam", thread, "decision.appeal", decision=decision["decision"], text="It was a joke.")["appeal"]
    await expect(mia.at("view-appeals")).to_have_count(0)

    lea = await at_console(gathering, "lea", "/console/appeals")
    row = lea.page.locator(f'[data-appeal="{appeal}"]')
    await expect(row).to_contain_text("Asking for money outside.")
    await expect(row).to_contain_text("It was a joke.")
    await press(lea, "j", "s")
    await lea.at("dialog-moderation.rule_appeal").wait_for()
    await press(lea, "O", "Tab")
    await writes(lea, "It was one, seen in its place.")
    await press(lea, "Control+Enter")
    await expect(row).to_have_count(0)
    told = host.does("sam", thread, "decision.list", limit=1)["decisions"][0]["appeal"]
    assert (told["outcome"], told["reason"]) == ("overturned", "It was one, seen in its place.")
    # It is on the record, which a lead reads whole.
    await press(lea, "a")
    await expect(lea.at("audit-row").filter(has_text="moderation.rule_appeal").first).to_contain_text("lea")
    await expect(lea.at("audit-row").filter(has_text="moderation.warn").first).to_contain_text("mia")
    # And she sees by which rules the marketplace runs; mia is not offered it.
    await press(lea, "o")
    await expect(lea.at("policies-caught").locator("tr").filter(has_text="card")).to_contain_text("mask")
    await expect(lea.at("policies-numbers").first).to_contain_text("check days")
    await expect(mia.at("view-policies")).to_have_count(0)


async def test_mia_sees_why_something_was_refused_at_that_moment(gathering: Gathering, host: Host) -> None:
    thread = host.place("A drum")
    host.does("sam", thread, "order.start", expect=1)
    host.does("sam", thread, "order.deliver", expect=2, note="One drum.")
    delivered = host.log("sam", thread)[-1]["seq"]
    host.does("kim", thread, "order.close", expect=3)
    mia = await at_console(gathering, "mia", f"/console/t/{thread}/replay")
    await mia.at("watch-dialog").wait_for()
    await writes(mia, "Sam asks why he could not write")
    await press(mia, "Control+Enter")
    await expect(mia.at("replay-state")).to_have_attribute("data-state", "closed")
    await mia.at("replay-seq").fill(str(delivered))
    await press(mia, "Enter")
    await expect(mia.at("replay-state")).to_have_attribute("data-state", "delivered")
    write = mia.page.locator('[data-testid="replay-caps"] tr[data-key="message.send"]')
    await expect(write.locator("td")).to_have_count(2)
    await expect(write.locator("td.cno")).to_have_count(2)
    await expect(mia.page.locator('tr[data-key="order.close"] td').first).to_have_text("possible")


async def test_kim_finds_no_console(gathering: Gathering) -> None:
    kim = await gathering.sits("kim", DESK)
    kim.line_may_fail = True
    reply = await kim.page.goto(f"{kim.base}/console")
    assert reply is not None
    assert reply.status == 404
    kim.complaints.clear()
