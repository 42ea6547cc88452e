"""What a person has to be able to see, held against the colours and places that the page really draws."""

from playwright.async_api import Locator, expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering
from tests.e2e.records import step

# The channels of both grounds differ by so much in all that an eye finds the edge.
VISIBLE = 30
APART = """([chip, row, visible]) => {
  const channels = (node) => getComputedStyle(node).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number);
  const [a, b] = [channels(chip), channels(row)];
  return a.reduce((sum, value, at) => sum + Math.abs(value - b[at]), 0) >= visible;
}"""


async def stands_out(chip: Locator, row: Locator) -> None:
    await chip.page.wait_for_function(APART, arg=[await chip.element_handle(), await row.element_handle(), VISIBLE])


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
        await stands_out(row.locator(".chip"), row)


async def test_kim_tells_her_orders_apart_by_their_titles_first(gathering: Gathering, host: Host) -> None:
    thread = host.place("A bench")
    kim = await gathering.sits("kim", PHONE)
    await expect(kim.row(thread).locator("strong")).to_have_text("A bench")
