"""What a headless Chromium lacks of the Push API: a permission to give, a push service, a place for notifications.

Must never stand in for a line of ours: the worker, the page and the server are the real ones.
"""

import asyncio
import json
import uuid
from typing import Any

from playwright.async_api import Worker

from tests.e2e.people import PATIENCE_MS, Window
from tests.notices.browser import PushBrowser

# Its state outlives a page, as a browser's does.
DEVICE = """
(() => {
  const kept = (name) => localStorage.getItem(`device ${name}`);
  const keep = (name, value) => localStorage.setItem(`device ${name}`, value);
  const made = () => ({
    options: { applicationServerKey: Uint8Array.from(atob(kept("key")), (letter) => letter.charCodeAt(0)).buffer },
    toJSON: () => ({ endpoint: kept("endpoint"), expirationTime: null, keys: KEYS }),
    unsubscribe: async () => (localStorage.removeItem("device endpoint"), true),
  });
  Object.defineProperty(Notification, "permission", { get: () => kept("permission") ?? "default" });
  Notification.requestPermission = async () => (keep("permission", "granted"), "granted");
  PushManager.prototype.getSubscription = async () => (kept("endpoint") ? made() : null);
  PushManager.prototype.subscribe = async ({ applicationServerKey: key }) => {
    keep("key", key.replaceAll("-", "+").replaceAll("_", "/"));
    keep("endpoint", "https://push.example/" + crypto.randomUUID());
    return made();
  };
})();
"""
SHOWS = """() => {
  self.shown = [];
  self.registration.showNotification = async (title, { data }) => void self.shown.push([title, data.thread]);
}"""
PRESS = """async (thread) => {
  const notification = { close() {}, data: { thread } };
  const press = Object.assign(new Event("notificationclick"), { notification, waitUntil: (led) => (self.led = led) });
  self.dispatchEvent(press);
  /* Without a real press, no browser opens a window. */
  await Promise.allSettled([self.led]);
}"""
RENEW = """async ([endpoint, keys]) => {
  self.registration.pushManager.subscribe = async () => ({ toJSON: () => ({ endpoint, keys }) });
  const ended = new Event("pushsubscriptionchange");
  self.dispatchEvent(Object.assign(ended, { waitUntil: (renewed) => (self.renewed = renewed) }));
  await self.renewed;
}"""


class Device:
    """One person's browser with such parts in it. Notifications end up in `shown`."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self._origin = window.base

    async def equip(self) -> None:
        """From the next page on, which is loaded at once."""
        script = DEVICE.replace("KEYS", json.dumps(PushBrowser().keys))
        await self.window.page.context.add_init_script(script)
        await self.window.page.reload()
        await self.window.at("notify-open").wait_for()

    async def on(self) -> None:
        await self.window.at("notify-open").click()
        await self.window.at("notify-on").click()
        await self.window.page.locator('[data-testid="notify-open"][data-state="on"]').wait_for()

    async def worker(self) -> Worker:
        """Ours, once it runs; what it shows is written down."""
        context = self.window.page.context
        worker = next(iter(context.service_workers), None) or await context.wait_for_event("serviceworker")
        await worker.evaluate(SHOWS)
        return worker

    async def gets(self, push: dict[str, str]) -> None:
        """The push service delivers, already decrypted."""
        session = await self.window.page.context.new_cdp_session(self.window.page)
        known: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def registered(event: dict[str, Any]) -> None:
            if event["registrations"] and not known.done():
                known.set_result(event["registrations"][0]["registrationId"])

        session.on("ServiceWorker.workerRegistrationUpdated", registered)
        await session.send("ServiceWorker.enable")
        registration = await asyncio.wait_for(known, PATIENCE_MS / 1000)
        to = {"origin": self._origin, "registrationId": registration}
        await session.send("ServiceWorker.deliverPushMessage", {**to, "data": json.dumps(push)})
        await session.detach()


async def presses(worker: Worker, thread: str) -> None:
    await worker.evaluate(PRESS, thread)


async def renews(worker: Worker) -> None:
    """The browser ended the subscription while no page was open."""
    await worker.evaluate(RENEW, [f"https://push.example/{uuid.uuid4()}", PushBrowser().keys])
