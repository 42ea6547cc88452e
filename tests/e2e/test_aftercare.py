"""After the sale, and when people call for help: support, follow-ups, reviews, claims, statements."""

from playwright.async_api import expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering, Window
from tests.e2e.records import step

ROAD: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("sam", "order.start", {}),
    ("sam", "order.deliver", {"note": "Here it is."}),
    ("kim", "order.close", {}),
)


async def closed(gathering: Gathering, host: Host, title: str) -> tuple[str, Window, Window]:
    """Kim closed her order, and both have its thread before them."""
    thread = host.place(title)
    for who, kind, fields in ROAD:
        step(host, who, thread, kind, **fields)
    kim, sam = await gathering.sits("kim", PHONE), await gathering.sits("sam", DESK)
    for window in (kim, sam):
        await window.opens(thread)
    return thread, kim, sam


async def unfolded(window: Window) -> None:
    if await window.at("panel-toggle").is_visible():
        await window.at("panel-toggle").click()


async def test_sam_makes_an_offer_of_what_kim_asked_for_and_kim_never_sees_that_button(
    gathering: Gathering, host: Host
) -> None:
    _, kim, sam = await closed(gathering, host, "A clock")
    await kim.does("support.open", text="Could it strike the hours?\nAnd be silent at night.")
    for window in (kim, sam):
        await expect(window.at("support-card")).to_contain_text("Could it strike the hours?")
    await expect(kim.at("support-offer")).to_have_count(0)
    await sam.at("support-card").get_by_test_id("support-offer").click()
    await expect(sam.at("field-title")).to_have_value("Could it strike the hours?")
    await expect(sam.at("field-description")).to_have_value("Could it strike the hours?\nAnd be silent at night.")
    await sam.at("field-price").fill("25")
    await sam.confirms()
    await expect(kim.at("offer-card")).to_contain_text("Could it strike the hours?")

    await sam.at("support-card").get_by_test_id("action-support.resolve").click()
    for window in (kim, sam):
        await expect(window.at("support-card")).to_have_attribute("data-state", "resolved")
        await expect(window.at("support-card").get_by_role("button")).to_have_count(0)


async def test_both_see_how_often_sam_may_still_write_and_kims_answer_gives_it_all_back(
    gathering: Gathering, host: Host
) -> None:
    _, kim, sam = await closed(gathering, host, "A bell")

    async def left(number: int) -> None:
        for window in (kim, sam):
            await expect(window.at("follow-up-budget")).to_have_attribute("data-left", str(number))

    await left(3)
    for number in (2, 1):
        await sam.says(f"{number} more.")
        await left(number)
    await sam.says("The last one.")
    await expect(kim.at("follow-up-budget")).to_have_attribute("data-left", "0")
    await expect(sam.at("composer-locked")).to_contain_text("You can go on when Kim replies")
    await kim.says("Go on.")
    await left(3)


async def test_kim_reviews_sam_replies_and_contests_and_both_read_where_it_stands(
    gathering: Gathering, host: Host
) -> None:
    _, kim, sam = await closed(gathering, host, "A horn")
    await kim.begins("review.write", text="Too loud.")
    await kim.at("dialog-confirm").click()
    await expect(kim.page.locator('[data-fault="rating"]')).not_to_be_empty()
    await kim.page.get_by_role("radio", name="2").check(force=True)
    await kim.confirms()
    await sam.does("review.reply", text="It is a horn.")
    for window in (kim, sam):
        await unfolded(window)
        await expect(window.at("review")).to_contain_text("Too loud.")
        await expect(window.at("review").get_by_role("img", name="2 / 5")).to_be_visible()
        await expect(window.at("review")).to_contain_text("It is a horn.")
    await sam.begins("review.contest", text="This was about another order.")
    await sam.at("field-ground").select_option("wrong_order")
    await sam.confirms()
    for window in (kim, sam):
        await expect(window.at("review-state")).to_contain_text("Contested")


async def test_kim_calls_for_help_and_takes_it_back_and_sam_never_reads_why(gathering: Gathering, host: Host) -> None:
    thread = host.place("A drum")
    kim, sam = await gathering.sits("kim", PHONE), await gathering.sits("sam", DESK)
    for window in (kim, sam):
        await window.opens(thread)
    await kim.does("claim.file", reason="He is rude to me.")
    for window in (kim, sam):
        await unfolded(window)
        await expect(window.at("claim")).to_have_attribute("data-state", "open")
    await expect(kim.at("claim")).to_contain_text("He is rude to me.")
    await expect(sam.page.locator("body")).not_to_contain_text("He is rude to me.")
    await kim.begins("claim.withdraw")
    await kim.confirms()
    for window in (kim, sam):
        await expect(window.at("claim")).to_have_attribute("data-state", "withdrawn")


async def test_in_a_frozen_order_each_tells_our_team_their_side_and_never_the_other(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A pipe")
    kim, sam = await gathering.sits("kim", PHONE), await gathering.sits("sam", DESK)
    for window in (kim, sam):
        await window.opens(thread)
    host.does("mia", thread, "moderation.watch", reason="A quarrel was reported")
    host.does("mia", thread, "moderation.freeze", reason="We look into it.")
    for window in (kim, sam):
        await window.sees_order("frozen")
        await expect(window.at("composer-input")).to_have_attribute("placeholder", "Your side, for our team only")
    await kim.says("He never answered.")
    await expect(kim.message("He never answered.")).to_have_count(0)
    await unfolded(kim)
    await expect(kim.at("statements")).to_contain_text("He never answered.")
    await sam.says("I did answer.")
    await expect(sam.at("statements")).to_contain_text("I did answer.")
    await expect(sam.page.locator("body")).not_to_contain_text("He never answered.")
    await expect(kim.page.locator("body")).not_to_contain_text("I did answer.")
