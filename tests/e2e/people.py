"""People at their devices: what they press, what they read, and what their pages complained of.

Must never reach behind the page: everything here goes through what a person sees.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}

# Patience, not a promise: the machine of a test may be busy with many other things.
PATIENCE_MS = 45_000

# Runs before the page's own code. A violated policy is a complaint; the last press is when a measurement begins.
WITNESS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
addEventListener("click", () => (window.lastPress = Date.now()), true);
"""
# The moment at which the page itself showed that one cannot write.
LOCKED = """() => new Promise((done) => {
  const look = () => {
    const shown = document.querySelector('[data-testid="composer-locked"]')?.checkVisibility();
    if (shown) done(Date.now());
    return shown;
  };
  const watch = (_, observer) => look() && observer.disconnect();
  const all = { subtree: true, childList: true, attributes: true };
  if (!look()) new MutationObserver(watch).observe(document.body, all);
})"""


@dataclass
class Window:
    """One person's page on one device."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    # Set while a test has cut the line: the browser itself then reports each failed request.
    line_may_fail: bool = False

    def hears(self, message: ConsoleMessage) -> None:
        lost = self.line_may_fail and "net::ERR_" in message.text
        if message.type in ("error", "warning") and not lost:
            self.complaints.append(message.text)

    def at(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    def message(self, text: str) -> Locator:
        return self.at("message").filter(has_text=text)

    def row(self, thread: str) -> Locator:
        return self.page.locator(f'[data-testid="thread-row"][data-thread="{thread}"]')

    async def opens(self, thread: str) -> None:
        await self.page.goto(f"{self.base}/t/{thread}")
        await self.at("order-state").wait_for()

    async def says(self, text: str) -> None:
        await self.at("composer-input").fill(text)
        await self.at("composer-send").click()

    async def reads(self, *texts: str) -> None:
        for text in texts:
            await self.message(text).wait_for()

    async def sees_order(self, state: str) -> None:
        await self.page.locator(f'[data-testid="order-state"][data-state="{state}"]').wait_for()

    async def begins(self, action: str, **fields: str) -> None:
        """Press an action's button, unfold the details where it is behind them, and fill in what is asked."""
        button = self.page.locator(f'[data-testid="action-{action}"]:enabled').first
        await button.wait_for(state="attached")
        if not await button.is_visible():
            await self.at("panel-toggle").click()
        await button.click()
        for name, value in fields.items():
            await self.at(f"field-{name}").fill(value)

    async def confirms(self, button: str = "dialog-confirm") -> None:
        await self.at(button).click()
        await self.at(button).wait_for(state="detached")

    async def does(self, action: str, **fields: str) -> None:
        await self.begins(action, **fields)
        await self.confirms()


class Gathering:
    """All the devices of a test."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser = browser
        self.base = base
        self.windows: list[Window] = []

    async def stranger(self, size: ViewportSize) -> Window:
        """A device of its own at which nobody has signed in yet."""
        phone = size == PHONE
        context = await self.browser.new_context(viewport=size, is_mobile=phone, has_touch=phone)
        context.set_default_timeout(PATIENCE_MS)
        await context.add_init_script(WITNESS)
        window = Window(await context.new_page(), self.base)
        self.windows.append(window)
        window.page.on("console", window.hears)
        window.page.on("pageerror", lambda fault: window.complaints.append(str(fault)))
        return window

    async def sits(self, who: str, size: ViewportSize) -> Window:
        """Sign `who` in on a device of its own, where the list of conversations is open."""
        window = await self.stranger(size)
        await window.page.goto(f"{self.base}/demo/{who}")
        await window.at("thread-list").wait_for(state="attached")
        return window


async def slowest_lock(presser: Window, press: Callable[[], Awaitable[None]], *windows: Window) -> float:
    """Seconds from the last press on one page until every one of these had locked, by the pages' own clock."""
    watching = [asyncio.ensure_future(window.page.evaluate(LOCKED)) for window in windows]
    await press()
    moments: list[float] = await asyncio.wait_for(asyncio.gather(*watching), PATIENCE_MS / 1000)
    pressed: float = await presser.page.evaluate("window.lastPress")
    return (max(moments) - pressed) / 1000
