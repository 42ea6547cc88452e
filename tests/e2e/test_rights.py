"""Who may do what, as people see it: a refused button says why, and nobody looks in without a reason."""

import re

from playwright.async_api import expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering


async def test_a_button_that_sam_cannot_press_yet_says_why(gathering: Gathering, host: Host) -> None:
    thread = host.place("A flyer")
    sam = await gathering.sits("sam", PHONE)
    await sam.opens(thread)
    await sam.at("panel-toggle").click()
    await sam.at("refused-open").click()
    button = sam.at("action-order.deliver")
    await expect(button).to_be_visible()
    await expect(button).to_be_disabled()
    await expect(button).to_have_accessible_description(re.compile(r"\w+ \w+"))
    await expect(sam.page.locator("#why-order\\.deliver")).to_be_visible()
    for why in await sam.page.locator(".refusals .why").all_inner_texts():
        assert len(why.split()) >= 3, f"no reason that a person understands: {why!r}"

    # What became possible is a button like any other, without a word about why not.
    await sam.does("order.start")
    await expect(sam.page.locator('[data-testid="action-order.deliver"]:enabled')).to_be_visible()
    await expect(sam.page.locator("#why-order\\.deliver")).to_have_count(0)


async def test_mia_sees_nothing_of_a_thread_before_she_has_stated_a_reason(gathering: Gathering, host: Host) -> None:
    thread = host.place("A secret label")
    host.does("kim", thread, "message.send", text="Only between us.")
    mia = await gathering.sits("mia", DESK)
    await mia.page.goto(f"{mia.base}/t/{thread}")
    await mia.at("watch-dialog").wait_for()
    await expect(mia.at("message")).to_have_count(0)
    await expect(mia.page.locator("body")).not_to_contain_text("Only between us.")

    await mia.at("field-reason").fill("curious")
    await mia.at("dialog-confirm").click()
    await expect(mia.at("watch-dialog").locator('[data-fault="reason"]')).not_to_be_empty()
    await expect(mia.at("message")).to_have_count(0)

    await mia.at("field-reason").fill("Kim asked for help by phone")
    await mia.confirms()
    await mia.reads("Only between us.")
    # Whatever she may write now is a notice to both, never a message among theirs.
    await expect(mia.at("composer-input")).to_have_attribute("placeholder", re.compile("both parties see it"))


async def test_mia_who_gives_no_reason_goes_back_without_having_seen_anything(gathering: Gathering, host: Host) -> None:
    thread = host.place("Another secret label")
    host.does("kim", thread, "message.send", text="Still between us.")
    mia = await gathering.sits("mia", PHONE)
    await mia.page.goto(f"{mia.base}/t/{thread}")
    await mia.at("dialog-cancel").click()
    await mia.page.wait_for_url(lambda url: thread not in url)
    await expect(mia.page.locator("body")).not_to_contain_text("Still between us.")
