"""What kim wrote while the line was down: it waits in sight, and either arrives once or is given back with a reason."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering, Window
from tests.services.server import Server

TICKETS = "**/api/v1/tickets"


@asynccontextmanager
async def server_down(server: Server, *windows: Window) -> AsyncIterator[None]:
    """As after a power cut. It comes back whatever happens: other tests need it too."""
    for window in windows:
        window.line_may_fail = True
    server.kill()
    try:
        yield
    finally:
        await asyncio.to_thread(server.start)


async def line_returns(*windows: Window) -> None:
    """The browser tells the page that the network is back, so that no delay between tries is sat out."""
    for window in windows:
        await window.page.evaluate("dispatchEvent(new Event('online'))")


async def test_what_kim_types_while_the_server_is_down_waits_and_is_sent_exactly_once(
    demo: Server, gathering: Gathering, host: Host
) -> None:
    thread = host.place("A banner")
    kim, sam = await gathering.sits("kim", PHONE), await gathering.sits("sam", DESK)
    for window in (kim, sam):
        await window.opens(thread)
    await kim.says("Before the cut.")
    await sam.reads("Before the cut.")
    async with server_down(demo, kim, sam):
        await kim.at("banner").wait_for()
        await kim.says("Are you there?")
        await kim.says("I am still here.")
        for text in ("Are you there?", "I am still here."):
            await expect(kim.message(text)).to_have_attribute("data-pending", "true")
    await line_returns(kim, sam)
    for text in ("Are you there?", "I am still here."):
        await expect(kim.message(text)).to_have_attribute("data-pending", "false")
    await sam.reads("I am still here.")
    for window in (kim, sam):
        await expect(window.at("message")).to_have_count(3)
    assert host.texts("sam", thread) == ["Before the cut.", "Are you there?", "I am still here."]


async def test_a_message_to_a_thread_that_sam_left_meanwhile_is_refused_in_place_and_kim_keeps_its_text(
    demo: Server, gathering: Gathering, host: Host
) -> None:
    thread = host.place("A poster")
    host.does("sam", thread, "order.decline", expect=1)
    kim = await gathering.sits("kim", PHONE)
    await kim.opens(thread)
    await kim.sees_order("cancelled")
    async with server_down(demo, kim):
        # Kim's phone finds no way back before sam has left.
        await kim.page.route(TICKETS, lambda route: route.abort())
        await kim.says("A pity. Perhaps in spring?")
        await expect(kim.message("Perhaps in spring?")).to_have_attribute("data-pending", "true")
    host.does("sam", thread, "thread.leave", confirm=True)
    await kim.page.unroute(TICKETS)
    await line_returns(kim)

    unsent = kim.message("A pity. Perhaps in spring?")
    await expect(unsent.get_by_test_id("message-refused")).to_have_attribute("data-code", "thread_closed")
    await expect(unsent.get_by_test_id("message-refused")).to_contain_text("Not sent")
    await expect(kim.at("composer-locked")).to_contain_text("Sam left this conversation")
    assert host.texts("kim", thread) == []

    await kim.page.reload()
    await expect(unsent.get_by_test_id("message-refused")).to_be_visible()
    await unsent.get_by_test_id("message-discard").click()
    await expect(unsent).to_have_count(0)
