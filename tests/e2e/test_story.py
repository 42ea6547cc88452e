"""Two people live an order in their browsers, from payment to the moment one of them leaves."""

import asyncio

from playwright.async_api import Browser

from tests.e2e.people import AT_ONCE_MS, DESK, PHONE, StartServer, Window, measured, place, sit_down


async def all_locked(*windows: Window) -> None:
    await asyncio.gather(*(window.at("composer-locked").first.wait_for() for window in windows))


async def test_kim_and_sam_live_an_order_to_the_end_and_past_it(start_server: StartServer, browser: Browser) -> None:
    server = start_server(DEMO="1", fresh=True)
    thread = place(server, "A logo")
    kim = await sit_down(browser, server, "kim", DESK)
    phone = await sit_down(browser, server, "kim", PHONE)
    sam = await sit_down(browser, server, "sam", DESK)
    for window in (kim, phone, sam):
        await window.opens(thread)

    await kim.says("Warm colours, please.")
    await sam.reads("Warm colours, please.")
    await phone.reads("Warm colours, please.")
    await sam.says("With pleasure.")
    await phone.reads("With pleasure.")

    await sam.does("order.start")
    await sam.does("order.deliver", note="Logo as SVG and PNG.")
    assert await measured(lambda: all_locked(kim, phone, sam)) < AT_ONCE_MS

    await kim.does("order.close")
    await phone.at("composer-input").wait_for()
    await phone.says("It looks great on the door.")
    await sam.reads("It looks great on the door.")

    await sam.does("offer.make", title="Business cards", price="45", delivery_days="3")
    card = kim.at("offer-card").filter(has_text="Business cards")
    await card.wait_for()
    await card.get_by_test_id("action-offer.accept").click()
    await kim.at("dialog-confirm").click()
    await kim.page.wait_for_url(lambda url: "/t/" in url and thread not in url)
    new = kim.page.url.rsplit("/", 1)[1]
    await kim.says("On to the cards!")
    await kim.reads("On to the cards!")

    await kim.opens(thread)
    await kim.at("options-open").click()
    await kim.at("leave-open").click()
    assert await kim.at("leave-mute").count() == 1
    assert await kim.at("leave-archive").count() == 1
    await kim.at("leave-understand").check()
    await kim.at("leave-confirm").click()
    assert await measured(lambda: all_locked(kim, phone, sam)) < AT_ONCE_MS
    assert "left" in (await sam.at("composer-locked").first.inner_text()).lower()

    await sam.opens(new)
    await sam.reads("On to the cards!")
    await sam.says("They will match the logo.")
    await kim.opens(new)
    await kim.reads("They will match the logo.")
    assert kim.complaints + phone.complaints + sam.complaints == []


async def test_what_sam_types_while_the_server_is_down_is_sent_once_when_it_is_back(
    start_server: StartServer, browser: Browser
) -> None:
    server = start_server(DEMO="1", fresh=True)
    thread = place(server, "A banner")
    kim = await sit_down(browser, server, "kim", DESK)
    sam = await sit_down(browser, server, "sam", PHONE)
    await kim.opens(thread)
    await sam.opens(thread)
    server.kill()
    await sam.says("Are you there?")
    await sam.page.locator('[data-testid="message"][data-pending]').filter(has_text="Are you there?").wait_for()
    server.start()
    await kim.reads("Are you there?")
    await sam.page.locator('[data-testid="message"][data-seq]').filter(has_text="Are you there?").wait_for()
    assert await kim.at("message").filter(has_text="Are you there?").count() == 1


async def test_markup_in_a_message_is_read_as_it_was_typed(start_server: StartServer, browser: Browser) -> None:
    server = start_server(DEMO="1", fresh=True)
    thread = place(server, "A page")
    kim = await sit_down(browser, server, "kim", DESK)
    sam = await sit_down(browser, server, "sam", DESK)
    await kim.opens(thread)
    await sam.opens(thread)
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    await sam.says(evil)
    await kim.reads(evil)
    assert await kim.at("message").locator("img, script").count() == 0
    assert kim.complaints + sam.complaints == []


async def test_mia_sees_nothing_of_a_thread_before_she_gives_a_reason(
    start_server: StartServer, browser: Browser
) -> None:
    server = start_server(DEMO="1", fresh=True)
    thread = place(server, "A secret")
    kim = await sit_down(browser, server, "kim", DESK)
    await kim.opens(thread)
    await kim.says("Only between us.")
    await kim.reads("Only between us.")
    mia = await sit_down(browser, server, "mia", DESK)
    await mia.page.goto(f"{server.url}/t/{thread}")
    await mia.at("watch-dialog").wait_for()
    assert await mia.at("message").count() == 0
    await mia.at("watch-dialog").locator("textarea, input").first.fill("a complaint by phone")
    await mia.at("dialog-confirm").click()
    await mia.reads("Only between us.")
