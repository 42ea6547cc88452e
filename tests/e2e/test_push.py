"""Kim lets a device tell her what happens while no page is open."""

from playwright.async_api import Worker, expect

from tests.e2e.device import Device, presses, renews
from tests.e2e.host import Host
from tests.e2e.people import DESK, PATIENCE_MS, PHONE, Gathering, Window
from tests.e2e.test_keyboard import tabs_to
from tests.faults.quiet import until

BELL = '[data-testid="notify-open"]'


def subscribed(host: Host, who: str) -> set[str]:
    """Where the server would send that person's pushes."""
    said = host.http.get("/api/v1/push-subscriptions", headers=host.token(who)).raise_for_status()
    return {each["subscription"] for each in said.json()["subscriptions"]}


async def only(host: Host, who: str, expected: set[str]) -> None:
    await until(lambda: subscribed(host, who) == expected, PATIENCE_MS / 1000)


async def bell(window: Window, state: str) -> None:
    await expect(window.at("notify-open")).to_have_attribute("data-state", state)


async def shown(worker: Worker, *expected: tuple[str, str]) -> None:
    async def as_many() -> bool:
        return bool(await worker.evaluate("self.shown.length") >= len(expected))

    await until(as_many, PATIENCE_MS / 1000)
    # Each asks the window by itself: they may overtake one another.
    assert sorted(await worker.evaluate("self.shown")) == sorted(list(each) for each in expected)


async def equipped(gathering: Gathering, who: str) -> tuple[Window, Device]:
    window = await gathering.sits(who, DESK)
    device = Device(window)
    await device.equip()
    return window, device


async def test_kim_switches_it_on_and_off_by_the_keyboard_and_is_asked_only_when_she_presses(
    gathering: Gathering, host: Host
) -> None:
    before = subscribed(host, "kim")
    kim, _ = await equipped(gathering, "kim")
    await bell(kim, "off")
    await tabs_to(kim, BELL)
    await kim.page.keyboard.press("Enter")
    await expect(kim.at("notify-on")).to_be_focused()
    assert await kim.page.evaluate("Notification.permission") == "default"
    await kim.page.keyboard.press("Enter")
    await bell(kim, "on")
    await expect(kim.at("notify-open")).to_be_focused()
    (mine,) = subscribed(host, "kim") - before

    # It is still on after a reload, and still the one device.
    async with kim.page.expect_response("**/push-subscriptions") as told:
        await kim.page.reload()
    assert (await (await told.value).json())["subscription"] == mine
    await bell(kim, "on")
    await tabs_to(kim, BELL)
    await kim.page.keyboard.press("Enter")
    await expect(kim.at("notify-off")).to_be_focused()
    await kim.page.keyboard.press("Enter")
    await bell(kim, "off")
    await expect(kim.at("toast")).to_contain_text("no longer")
    assert subscribed(host, "kim") == before
    await kim.page.reload()
    await bell(kim, "off")


async def test_kim_signs_out_and_the_device_tells_nobody_any_more(gathering: Gathering, host: Host) -> None:
    before = subscribed(host, "kim")
    kim, device = await equipped(gathering, "kim")
    await device.on()
    assert len(subscribed(host, "kim") - before) == 1
    await kim.at("sign-out").click()
    await kim.at("demo-sam").wait_for()
    await only(host, "kim", before)
    await kim.at("demo-sam").click()
    await bell(kim, "off")


async def test_sam_signs_in_over_kim_and_is_not_shown_what_is_hers(gathering: Gathering, host: Host) -> None:
    before = subscribed(host, "sam")
    kim, device = await equipped(gathering, "kim")
    await device.on()
    assert await kim.page.evaluate("localStorage.getItem('device endpoint')")
    await kim.page.goto(f"{kim.base}/demo/sam")
    await bell(kim, "off")
    await kim.page.wait_for_function("localStorage.getItem('device endpoint') === null")
    assert subscribed(host, "sam") == before


async def test_where_the_browser_blocks_it_kim_reads_what_to_do(gathering: Gathering) -> None:
    # As it is, a headless browser grants nobody this.
    kim = await gathering.sits("kim", PHONE)
    await bell(kim, "blocked")
    await kim.at("notify-open").click()
    await expect(kim.at("notify-on")).to_be_disabled()
    await expect(kim.page.locator(".menu-hint")).to_contain_text("Allow them in its settings")


async def test_a_browser_without_push_shows_no_bell(gathering: Gathering) -> None:
    kim = await gathering.sits("kim", DESK)
    await expect(kim.at("notify-open")).to_be_visible()
    await kim.page.context.add_init_script("delete window.PushManager;")
    await kim.page.reload()
    await kim.at("thread-list").wait_for(state="attached")
    await expect(kim.at("notify-open")).to_be_hidden()


async def test_a_push_is_shown_unless_kim_has_its_thread_before_her(gathering: Gathering, host: Host) -> None:
    here, there = host.place("A sofa"), host.place("A stool")
    kim, device = await equipped(gathering, "kim")
    await device.on()
    worker = await device.worker()
    # By the list and not by its address: a window goes on under the one that it began with.
    await kim.row(here).click()
    await kim.sees_order("pending")
    await device.gets({"kind": "order.started", "title": "Sam has started", "thread": here})
    await device.gets({"kind": "order.started", "title": "Sam has started another", "thread": there})
    await device.gets({"kind": "messages.waiting", "title": "3 messages wait", "thread": ""})
    elsewhere, many = ("Sam has started another", there), ("3 messages wait", "")
    await shown(worker, elsewhere, many)
    # She goes to the other one; now the first has news for her.
    await kim.row(there).click()
    await expect(kim.row(there).locator("a")).to_have_attribute("aria-current", "true")
    await device.gets({"kind": "order.delivered", "title": "Sam has delivered another", "thread": there})
    await device.gets({"kind": "order.delivered", "title": "Sam has delivered", "thread": here})
    await shown(worker, elsewhere, many, ("Sam has delivered", here))


async def test_a_pressed_notification_opens_its_thread_in_the_window_that_is_there(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A shelf")
    kim, device = await equipped(gathering, "kim")
    await device.on()
    worker = await device.worker()
    await kim.page.evaluate("window.stayed = true")
    await presses(worker, thread)
    await kim.sees_order("pending")
    assert kim.page.url == f"{kim.base}/t/{thread}"
    await presses(worker, "")
    await expect(kim.page).to_have_url(f"{kim.base}/")
    assert await kim.page.evaluate("window.stayed")
    assert len(kim.page.context.pages) == 1


async def test_a_subscription_that_the_browser_ends_is_made_anew_without_a_page_s_help(
    gathering: Gathering, host: Host
) -> None:
    _, device = await equipped(gathering, "kim")
    await device.on()
    before = subscribed(host, "kim")
    await renews(await device.worker())
    assert len(subscribed(host, "kim") - before) == 1
