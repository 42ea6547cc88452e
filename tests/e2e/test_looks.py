"""What a person has to be able to see, held against the colours and places that the page really draws."""

from playwright.async_api import Locator, expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering
from tests.e2e.records import step


async def ground(place: Locator) -> str:
    colour: str = await place.evaluate("node => getComputedStyle(node).backgroundColor")
    return colour


async def test_the_state_of_an_ended_order_stands_out_in_the_row_of_the_open_thread(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A lamp")
    for who, kind, fields in (
        ("sam", "order.start", {}),
        ("sam", "order.deliver", {"note": "Here."}),
        ("kim", "order.close", {}),
    ):
        step(host, who, thread, kind, **fields)
    kim = await gathering.sits("kim", DESK)
    await kim.opens(thread)
    for scheme in ("light", "dark"):
        await kim.page.emulate_media(color_scheme=scheme)
        row = kim.row(thread).locator('a[aria-current="true"]')
        await expect(row.locator(".chip")).to_have_text("Closed")
        assert await ground(row.locator(".chip")) != await ground(row)


async def test_kim_tells_her_orders_apart_by_their_titles_first(gathering: Gathering, host: Host) -> None:
    thread = host.place("A bench")
    kim = await gathering.sits("kim", PHONE)
    await expect(kim.row(thread).locator("strong")).to_have_text("A bench")
