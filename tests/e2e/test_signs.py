"""The small signs of the other person: here, typing, has it, has read it."""

from playwright.async_api import expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering


async def test_sam_sees_how_far_his_message_came_and_kim_that_he_is_here_and_typing(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A cup")
    sam = await gathering.sits("sam", DESK)
    await sam.opens(thread)
    presence = sam.page.locator(".head-presence")
    await expect(presence).to_have_text("Offline")
    await sam.says("Round or square?")
    tick = sam.message("Round or square?").get_by_test_id("tick")
    await expect(tick).to_have_attribute("data-tick", "sent")

    phone = await gathering.sits("kim", PHONE)
    await expect(presence).to_have_text("Online")
    await expect(phone.row(thread)).to_contain_text("Round or square?")
    await expect(tick).to_have_attribute("data-tick", "delivered")
    desk = await gathering.sits("kim", DESK)
    await desk.opens(thread)
    await desk.reads("Round or square?")
    await expect(tick).to_have_attribute("data-tick", "seen")

    await expect(desk.at("typing")).to_be_hidden()
    await sam.at("composer-input").press_sequentially("Well")
    await expect(desk.at("typing")).to_have_text("Sam is typing…")
    await expect(phone.row(thread)).to_contain_text("typing…")
    await sam.at("composer-send").click()
    await expect(desk.at("typing")).to_be_hidden()
    await expect(phone.row(thread)).to_contain_text("Well")
    # So soon after the last sign the server takes no other: the page keeps it until then, however short the text is.
    await sam.at("composer-input").press_sequentially("Hm")
    await expect(desk.at("typing")).to_have_text("Sam is typing…")
    await sam.at("composer-send").click()
    await expect(desk.at("typing")).to_be_hidden()

    # Kim is here as long as one of her devices is.
    await desk.page.context.close()
    await phone.row(thread).click()
    await expect(sam.message("Hm").get_by_test_id("tick")).to_have_attribute("data-tick", "seen")
    await expect(presence).to_have_text("Online")
    await phone.page.context.close()
    await expect(presence).to_have_text("Offline")
