"""Two people live an order in their browsers, from payment to the moment one of them leaves.

Kim has a phone and a desk open at the same time; what happens on one shows on the other.
"""

from playwright.async_api import expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering, Window, slowest_lock

# The promise is one second. A machine that runs three browsers, the server and its database beside other work
# gets three; the bench measures the promise itself.
AT_ONCE = 3.0


async def talk(phone: Window, desk: Window, sam: Window) -> None:
    await phone.says("Warm colours, please.")
    await sam.reads("Warm colours, please.")
    await sam.says("Dark red and oak?")
    for window in (phone, desk):
        await window.reads("Warm colours, please.", "Dark red and oak?")
    await desk.says("Exactly those.")
    await phone.reads("Exactly those.")
    await sam.reads("Exactly those.")


async def deliver(phone: Window, desk: Window, sam: Window) -> None:
    await sam.does("order.start")
    await phone.sees_order("in_progress")
    await sam.begins("order.deliver", note="Logo as SVG and PNG.")
    assert await slowest_lock(sam, sam.confirms, phone, desk, sam) <= AT_ONCE
    for window in (phone, desk, sam):
        await window.sees_order("delivered")
        await expect(window.at("composer-input")).to_be_hidden()
    await expect(sam.at("composer-locked")).to_contain_text("while Kim checks your delivery")
    await expect(phone.at("composer-locked")).to_contain_text("Accept it or ask for a revision")


async def close_and_chat_on(phone: Window, desk: Window, sam: Window) -> None:
    await phone.does("order.close")
    for window in (phone, desk, sam):
        await window.sees_order("closed")
    await desk.says("It looks great on the door.")
    await sam.reads("It looks great on the door.")
    await expect(sam.at("follow-up-budget")).to_be_visible()
    await sam.at("purpose-check_in").check(force=True)
    await sam.says("How does it print?")
    await phone.reads("Check-in", "How does it print?")


async def offer_and_accept(phone: Window, desk: Window, sam: Window, thread: str) -> str:
    """Sam offers, kim accepts on the phone and lands in the new order. Returns its thread."""
    await sam.does("offer.make", title="Business cards", price="45", delivery_days="3")
    await phone.at("offer-card").get_by_test_id("action-offer.accept").click()
    await expect(phone.at("purchase")).to_contain_text("Business cards")
    await expect(phone.at("purchase")).to_contain_text("€45.00")
    await phone.confirms()
    await phone.page.wait_for_url(lambda url: "/t/" in url and thread not in url)
    for window in (desk, sam):
        await expect(window.at("offer-card")).to_have_attribute("data-state", "accepted")
    await phone.sees_order("pending")
    await expect(phone.at("order-link")).to_be_attached()
    return phone.page.url.rsplit("/", 1)[1]


async def leave(phone: Window, desk: Window, sam: Window) -> None:
    """Kim leaves on the desk, having been offered what is gentler; nobody can write there again."""
    await desk.at("options-open").click()
    await desk.at("leave-open").click()
    await expect(desk.at("leave-mute")).to_be_visible()
    await expect(desk.at("leave-archive")).to_be_visible()
    await expect(desk.at("leave-confirm")).to_be_disabled()
    await desk.at("leave-understand").check()
    assert await slowest_lock(desk, lambda: desk.confirms("leave-confirm"), phone, desk, sam) <= AT_ONCE
    await expect(sam.at("composer-locked")).to_contain_text("Kim left this conversation")
    for window in (phone, desk):
        await expect(window.at("composer-locked")).to_contain_text("You left this conversation")


async def test_kim_and_sam_live_an_order_to_the_end_and_talk_on_until_kim_leaves(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A logo")
    phone = await gathering.sits("kim", PHONE)
    desk = await gathering.sits("kim", DESK)
    sam = await gathering.sits("sam", DESK)
    for window in (phone, desk, sam):
        await window.opens(thread)
    await talk(phone, desk, sam)
    await deliver(phone, desk, sam)
    await close_and_chat_on(phone, desk, sam)
    new = await offer_and_accept(phone, desk, sam, thread)

    await phone.opens(thread)
    await leave(phone, desk, sam)

    await sam.at("offer-follow").click()
    await sam.sees_order("pending")
    await sam.says("The cards will match the logo.")
    await phone.opens(new)
    await phone.reads("The cards will match the logo.")
    await phone.says("I look forward to them.")
    await sam.reads("I look forward to them.")
