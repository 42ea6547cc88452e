"""What time brings, said before it comes: on a server whose trade time can be moved."""

from collections.abc import Callable

import httpx2
from playwright.async_api import Browser, expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering
from tests.e2e.records import step
from tests.services.server import Server
from tests.stack import SERVICE_KEY

SIX_DAYS_S = 6 * 24 * 3600


async def test_both_know_that_kim_may_cancel_a_late_order_alone_before_she_may_and_a_proposal_runs_out(
    start_server: Callable[..., Server], browser: Browser
) -> None:
    server = start_server(fresh=True, DEMO="1", TEST_CLOCK="1")
    gathering = Gathering(browser, server.url)
    with httpx2.Client(base_url=server.url, timeout=30) as http:
        host = Host(http)
        thread = host.place("A boat")
        step(host, "sam", thread, "order.start")
        kim, sam = await gathering.sits("kim", PHONE), await gathering.sits("sam", DESK)
        for window in (kim, sam):
            await window.opens(thread)
        await expect(kim.at("next-step")).to_contain_text("you may cancel alone")
        await expect(sam.at("next-step")).to_contain_text("Kim may cancel alone")
        await kim.does("proposal.make:cancellation", reason="It takes so long.")
        await expect(sam.at("proposal-card")).to_have_attribute("data-state", "open")

        headers = host.bearer(SERVICE_KEY)
        http.post("/api/v1/clock", json={"advance_s": SIX_DAYS_S}, headers=headers).raise_for_status()
        host.does("sam", thread, "message.send", text="Nearly done!")
        for window in (kim, sam):
            await expect(window.at("order-late")).to_be_visible()
            await expect(window.at("proposal-card")).to_have_attribute("data-state", "expired")
        await expect(kim.row(thread).locator(".chip")).to_have_text("Late")
        await kim.does("order.cancel", reason="I cannot wait.")
        for window in (kim, sam):
            await expect(window.row(thread)).to_have_attribute("data-state", "cancelled")
    assert [window.complaints for window in gathering.windows if window.complaints] == []
