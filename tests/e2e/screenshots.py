"""`python -m tests.e2e.screenshots`: the pictures of docs/screenshots, taken of a seeded demo. Look at them afterwards."""

import asyncio
import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from tests.services.chromium import launch_options, use_own_node
from tests.services.server import ROOT, Server

PICTURES = ROOT / "docs" / "screenshots"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


async def page(browser: Browser, server: Server, who: str, size: dict[str, int], *, dark: bool = False) -> Page:
    context = await browser.new_context(
        viewport={"width": size["width"], "height": size["height"]}, color_scheme="dark" if dark else "light"
    )
    window = await context.new_page()
    await window.goto(f"{server.url}/demo/{who}")
    await window.get_by_test_id("thread-row").first.wait_for()
    return window


async def thread(window: Page, title: str) -> None:
    await window.get_by_test_id("thread-row").filter(has_text=title).first.click()
    await window.get_by_test_id("order-state").first.wait_for()
    await window.get_by_test_id("message").first.wait_for()
    # Fonts and the scroll to the end settle.
    await window.wait_for_timeout(600)


async def shoot(window: Page, name: str) -> Path:
    file = PICTURES / f"{name}.png"
    await window.screenshot(path=file)
    return file


async def take(browser: Browser, server: Server) -> None:
    kim = await page(browser, server, "kim", PHONE)
    await shoot(kim, "list-390")
    await thread(kim, "bakery")
    phone = await shoot(kim, "thread-390")
    dark = await page(browser, server, "kim", PHONE, dark=True)
    await thread(dark, "bakery")
    await shoot(dark, "dark-390")
    buyer = await page(browser, server, "kim", PHONE)
    await thread(buyer, "Voice-over")
    await shoot(buyer, "delivered-390")
    sam = await page(browser, server, "sam", DESK)
    await thread(sam, "bakery")
    desk = await shoot(sam, "thread-1280")
    await beside(browser, phone, desk)
    await kim.get_by_test_id("options-open").click()
    await kim.get_by_test_id("leave-open").click()
    await kim.wait_for_timeout(400)
    await shoot(kim, "leave-390")
    await kim.get_by_test_id("leave-understand").check()
    await kim.get_by_test_id("leave-confirm").click()
    await kim.get_by_test_id("composer-locked").first.wait_for()
    await kim.wait_for_timeout(400)
    await shoot(kim, "left-390")


async def beside(browser: Browser, phone: Path, desk: Path) -> None:
    """A phone beside a desk, for the README."""
    pictures = [base64.b64encode(file.read_bytes()).decode() for file in (phone, desk)]
    shown = [f'<img src="data:image/png;base64,{picture}">' for picture in pictures]
    window = await browser.new_page(viewport={"width": 1400, "height": 720})
    await window.set_content(
        "<style>body{margin:0;height:720px;display:flex;gap:36px;align-items:center;justify-content:center;"
        "background:#e9e6df}img{height:600px;border-radius:14px;box-shadow:0 8px 30px #0003}</style>" + "".join(shown)
    )
    await window.screenshot(path=PICTURES / "thread.png")


async def look(server: Server) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**launch_options())
        await take(browser, server)
        await browser.close()


def main() -> None:
    use_own_node()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        env = {"DATABASE_URL": f"sqlite:///{home}/demo.sqlite3", "DEMO": "1"}
        for step in ("migrate", "demo"):
            command = [sys.executable, "manage.py", step]
            subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, check=True, stdout=subprocess.DEVNULL)
        server = Server(Path(home) / "server.log", env=env)
        server.start()
        try:
            asyncio.run(look(server))
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
