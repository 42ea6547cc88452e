"""The counts of what was not read yet: they rise while one looks at the list, and go when one has read."""

import re

from playwright.async_api import expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering, Window


async def count(window: Window, thread: str, number: int) -> None:
    await expect(window.row(thread).get_by_test_id("unread")).to_have_text(re.compile(rf"^{number}\b"))


async def test_kims_unread_count_rises_on_both_devices_and_clears_on_both_when_she_reads_on_one(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A menu")
    host.reads_all("kim", thread)
    sam = await gathering.sits("sam", DESK)
    await sam.opens(thread)
    phone, desk = await gathering.sits("kim", PHONE), await gathering.sits("kim", DESK)
    for window in (phone, desk):
        await expect(window.row(thread)).to_be_visible()
        await expect(window.row(thread).get_by_test_id("unread")).to_have_count(0)
    for number, text in enumerate(("Which dishes?", "And which language?"), start=1):
        await sam.says(text)
        for window in (phone, desk):
            await count(window, thread, number)
            await expect(window.row(thread)).to_contain_text(text)

    await phone.row(thread).click()
    await phone.reads("And which language?")
    for window in (phone, desk):
        await expect(window.row(thread).get_by_test_id("unread")).to_have_count(0)
    # And sam learns that it was read.
    tick = sam.message("And which language?").get_by_test_id("tick")
    await expect(tick).to_have_attribute("data-tick", "seen")
