"""The counts of what was not read yet: they rise while one looks at the list, and go when one has read."""

import re

from playwright.async_api import expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering, Window
from tests.e2e.records import snapshot, step

NO_TIMER = "window.setInterval = () => 0;"


async def count(window: Window, thread: str, number: int) -> None:
    await expect(window.row(thread).get_by_test_id("unread")).to_have_text(re.compile(rf"^{number}\b"))


async def none(window: Window, thread: str) -> None:
    await expect(window.row(thread)).to_be_attached()
    await expect(window.row(thread).get_by_test_id("unread")).to_have_count(0)
    await expect(window.row(thread).locator(".row-unread")).to_have_count(0)


async def test_kims_unread_count_rises_on_both_devices_and_clears_on_both_when_she_reads_on_one(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A menu")
    sam = await gathering.sits("sam", DESK)
    await sam.opens(thread)
    phone, desk = await gathering.sits("kim", PHONE), await gathering.sits("kim", DESK)
    # That an order was placed and its payment held is not news to those who did it.
    for window in (phone, desk):
        await none(window, thread)
    for number, text in enumerate(("Which dishes?", "And which language?"), start=1):
        await sam.says(text)
        for window in (phone, desk):
            await count(window, thread, number)
            await expect(window.row(thread)).to_contain_text(text)

    await phone.row(thread).click()
    await phone.reads("And which language?")
    for window in (phone, desk):
        await none(window, thread)
    # And sam learns that it was read.
    tick = sam.message("And which language?").get_by_test_id("tick")
    await expect(tick).to_have_attribute("data-tick", "seen")


async def test_what_kim_reads_on_the_desk_while_her_phone_has_no_network_is_read_on_the_phone_too(
    gathering: Gathering, host: Host
) -> None:
    thread, other = host.place("A window"), host.place("A door")
    phone, desk = await gathering.sits("kim", PHONE), await gathering.sits("kim", DESK)
    for name in (thread, other):
        host.does("sam", name, "message.send", text="Which colour?")
        await count(phone, name, 1)
    phone.line_may_fail = True
    await phone.page.context.set_offline(True)
    host.does("sam", thread, "message.send", text="And which size?")
    await desk.opens(thread)
    await desk.reads("And which size?")
    await none(desk, thread)

    await phone.page.context.set_offline(False)
    await expect(phone.row(thread)).to_contain_text("And which size?")
    await none(phone, thread)
    await count(phone, other, 1)
    await expect(phone.page).to_have_title(re.compile(r"^\(\d+\)"))


async def test_what_kim_said_last_is_hers_and_not_bold_also_on_a_page_that_was_opened_later(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A shelf")
    kim = await gathering.sits("kim", DESK)
    host.does("sam", thread, "message.send", text="Oak?")
    await count(kim, thread, 1)
    host.does("kim", thread, "message.send", text="Walnut.")
    for _ in ("live", "reloaded"):
        await expect(kim.row(thread)).to_contain_text("You: Walnut.")
        await expect(kim.row(thread).locator(".row-unread")).to_have_count(0)
        await kim.page.reload()


async def test_an_offer_is_listed_by_its_title_also_on_a_page_that_was_opened_later(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A gate")
    price = {"amount": 4_500, "currency": "EUR"}
    kim = await gathering.sits("kim", DESK)
    host.does("sam", thread, "offer.make", title="A second gate", price=price, delivery_days=3)
    for _ in ("live", "reloaded"):
        await expect(kim.row(thread)).to_contain_text("Offer: A second gate")
        await kim.page.reload()


async def test_sam_sees_the_order_that_kim_made_of_his_offer_without_looking_for_it(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A fence")
    price = {"amount": 4_500, "currency": "EUR"}
    step(host, "sam", thread, "order.decline")
    sam = await gathering.sits("sam", DESK)
    # Without its timer the page does not look at the list from time to time, and knows what it is told.
    await sam.page.add_init_script(NO_TIMER)
    await sam.page.reload()
    await expect(sam.row(thread)).to_be_visible()
    host.does("sam", thread, "offer.make", title="Another fence", price=price, delivery_days=3)
    offer = snapshot(host, "kim", thread)["offers"][-1]["offer"]
    host.does("kim", thread, "offer.accept", offer=offer)
    follow_up = snapshot(host, "kim", thread)["order"]["next"][0]["thread"]
    await expect(sam.row(follow_up)).to_contain_text("Another fence")
    # And it is followed from then on.
    host.does("kim", follow_up, "message.send", text="As high as the old one.")
    await expect(sam.row(follow_up)).to_contain_text("As high as the old one.")
    await count(sam, follow_up, 1)
