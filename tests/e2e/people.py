"""People at their browsers, and an order for them. Must never reach past the page but to place an order as the host."""

import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx2
from playwright.async_api import Browser, Locator, Page

from tests.services.server import Server
from tests.stack import SERVICE_KEY

StartServer = Callable[..., Server]

PHONE = (390, 844)
DESK = (1280, 800)
# The promise is one second; a loaded machine that runs two browsers, a server and a database gets three.
AT_ONCE_MS = 3000


@dataclass
class Window:
    """One person's page on one device, and what its console complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def at(self, name: str) -> Locator:
        return self.page.get_by_test_id(name)

    async def opens(self, thread: str) -> None:
        await self.page.goto(f"{self.page.url.split('/', 3)[0]}//{self.page.url.split('/', 3)[2]}/t/{thread}")
        await self.at("order-state").first.wait_for()

    async def says(self, text: str) -> None:
        await self.at("composer-input").fill(text)
        await self.at("composer-send").click()

    async def reads(self, text: str) -> None:
        await self.at("message").filter(has_text=text).first.wait_for()

    async def does(self, action: str, **fields: str) -> None:
        """Press an action's button, fill in what its dialog asks, and confirm where it asks to."""
        await self.at(f"action-{action}").first.click()
        for name, value in fields.items():
            await self.at(f"field-{name}").fill(value)
        confirm = self.at("dialog-confirm")
        await confirm.wait_for(timeout=5000)
        await confirm.click()
        await confirm.wait_for(state="detached")


async def sit_down(browser: Browser, server: Server, who: str, size: tuple[int, int]) -> Window:
    """Sign `who` in on a device of its own."""
    context = await browser.new_context(viewport={"width": size[0], "height": size[1]})
    window = Window(await context.new_page())
    window.page.on("console", lambda m: window.complaints.append(m.text) if m.type in ("error", "warning") else None)
    window.page.on("pageerror", lambda fault: window.complaints.append(str(fault)))
    await window.page.goto(f"{server.url}/demo/{who}")
    await window.at("thread-list").wait_for()
    return window


def place(server: Server, title: str) -> str:
    """The host was paid: kim buys from sam. Returns the thread."""
    order = {
        "buyer": "kim",
        "seller": "sam",
        "title": title,
        "price": {"amount": 12000, "currency": "EUR"},
        "delivery_days": 5,
        "payment_reference": "e2e",
    }
    headers = {"Authorization": f"Bearer {SERVICE_KEY}", "Idempotency-Key": uuid.uuid4().hex}
    for who in ("kim", "sam", "mia"):
        person = {"name": who.title(), "email": f"{who}@example.com", "role": "moderator" if who == "mia" else None}
        said = {key: value for key, value in person.items() if value is not None}
        httpx2.put(f"{server.url}/api/v1/users/{who}", json=said, headers=headers).raise_for_status()
    answer = httpx2.post(f"{server.url}/api/v1/orders", json=order, headers=headers).raise_for_status()
    return str(answer.json()["thread"])


async def measured(until: Callable[[], Awaitable[None]]) -> float:
    """Milliseconds that it took."""
    began = time.monotonic()
    await until()
    return (time.monotonic() - began) * 1000
