"""Whatever people write to each other is text: it is shown as typed and never does anything."""

from playwright.async_api import expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering

EVIL = (
    '<img src=x onerror="document.title=`taken`">',
    "<script>document.title = 'taken'</script>",
    '"><svg onload=alert(1)><a href="javascript:alert(1)">here</a>',
)


async def test_markup_that_sam_writes_is_read_by_kim_as_it_was_typed(gathering: Gathering, host: Host) -> None:
    thread = host.place("<b>A page</b>")
    kim, sam = await gathering.sits("kim", PHONE), await gathering.sits("sam", DESK)
    for window in (kim, sam):
        await window.opens(thread)
    for text in EVIL:
        await sam.says(text)
        for window in (kim, sam):
            await expect(window.message(text).locator(".msg-text")).to_have_text(text)
    await kim.at("back").click()
    await expect(kim.row(thread)).to_contain_text(EVIL[-1][:20])
    await expect(kim.row(thread)).to_contain_text("<b>A page</b>")
    for window in (kim, sam):
        page = window.page
        await expect(page.locator("img, b, body script, a[href^=javascript], [onerror], [onload]")).to_have_count(0)
        assert "taken" not in await page.title()
