"""`python -m tests.e2e.screenshots`: takes the pictures in docs/screenshots of a freshly seeded demo.

Must never decide what is good: look at every picture afterwards.
"""

import asyncio
import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, ViewportSize, async_playwright

from tests.e2e.people import DESK, PHONE, Gathering, Window
from tests.services.chromium import launch_options, use_own_node
from tests.services.server import ROOT, Server
from tests.stack import ENVIRONMENT

PICTURES = ROOT / "docs" / "screenshots"
# All together; they are read on a phone too.
LIMIT = 1_700_000

WIDE: ViewportSize = {"width": 1440, "height": 900}
TABLET: ViewportSize = {"width": 820, "height": 1180}
CLOSED, DELIVERED = "Logo for a bakery", "Voice-over"
# Played at once when a picture is taken: nothing half faded in, no caret that blinks.
STILL = "*, *::before, *::after { animation: none !important; transition: none !important; }"
SIDE_BY_SIDE = """
<style>
  body { margin: 0; height: 720px; display: flex; gap: 36px; align-items: center; justify-content: center;
         background: #e9e6df; }
  img { height: 600px; border-radius: 14px; box-shadow: 0 8px 30px #0003; }
</style>
"""


async def shoot(window: Window, name: str) -> Path:
    file = PICTURES / f"{name}.png"
    await window.page.evaluate("document.fonts.ready")
    # Two frames later everything that was to be laid out and scrolled to its end has been.
    await window.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    await window.page.screenshot(path=file, animations="disabled", style=STILL)
    return file


async def reads(window: Window, title: str) -> Window:
    """Open the conversation of that order, as far as it is written."""
    await window.at("thread-row").filter(has_text=title).click()
    await window.at("order-state").wait_for()
    await window.at("message").last.wait_for()
    return window


async def take(gathering: Gathering) -> None:
    list_phone = await gathering.sits("kim", PHONE)
    # All of them, and each as its snapshot tells it.
    await list_phone.page.locator(".rows .chip-late").wait_for()
    await shoot(list_phone, "list-390")
    # Sam has his desk open, so that kim sees him there, and his newest messages as seen.
    sam = await reads(await gathering.sits("sam", DESK), CLOSED)
    kim = await reads(list_phone, CLOSED)
    await sam.page.locator('[data-tick="seen"]').last.wait_for()
    phone, desk = await shoot(kim, "thread-390"), await shoot(sam, "thread-1280")
    await side_by_side(gathering.browser, phone, desk)

    dark = await gathering.sits("kim", PHONE)
    await dark.page.emulate_media(color_scheme="dark")
    await shoot(await reads(dark, CLOSED), "dark-390")
    await shoot(await reads(await gathering.sits("kim", PHONE), DELIVERED), "delivered-390")
    buyer = await reads(await gathering.sits("kim", DESK), CLOSED)
    await buyer.at("offer-card").get_by_test_id("action-offer.accept").click()
    await buyer.at("purchase").wait_for()
    await shoot(buyer, "offer-1280")

    await at_console(gathering)

    await kim.at("options-open").click()
    await kim.at("leave-open").click()
    await kim.at("leave-understand").check()
    await shoot(kim, "leave-390")
    await kim.confirms("leave-confirm")
    await kim.at("composer-locked").wait_for()
    await shoot(kim, "left-390")


async def at_console(gathering: Gathering) -> None:
    """The console's views on a desk, and two of them on a tablet."""
    mia = await gathering.stranger(WIDE)
    page = mia.page
    await page.goto(f"{mia.base}/demo/mia?next=/console/feed")
    await mia.at("feed-row").nth(4).wait_for()
    await shoot(mia, "console-feed-1440")
    await page.keyboard.press("n")
    await mia.at("take-item").wait_for()
    await shoot(mia, "console-queue-1440")
    await page.keyboard.press("t")
    await page.locator(".msg.cpicked").wait_for()
    await shoot(mia, "console-thread-1440")
    await page.keyboard.press("3")
    await mia.at("replay-caps").wait_for()
    await shoot(mia, "console-replay-1440")
    await page.keyboard.press("b")
    await mia.at("in-hand").wait_for(state="hidden")

    max_ = await gathering.stranger(TABLET)
    await max_.page.goto(f"{max_.base}/demo/max?next=/console")
    claim = max_.page.locator('[data-item^="claim:"] .pick')
    await claim.focus()
    await shoot(max_, "console-queue-820")
    await max_.page.keyboard.press("t")
    await max_.at("case-claim").wait_for()
    await shoot(max_, "console-case-820")
    await max_.page.keyboard.press("b")
    await max_.at("in-hand").wait_for(state="hidden")


async def side_by_side(browser: Browser, *files: Path) -> None:
    """A phone beside a desk, for the README."""
    pictures = [base64.b64encode(file.read_bytes()).decode() for file in files]
    page = await browser.new_page(viewport={"width": 1400, "height": 720})
    await page.set_content(SIDE_BY_SIDE + "".join(f'<img src="data:image/png;base64,{one}">' for one in pictures))
    await page.screenshot(path=PICTURES / "thread.png")
    await page.close()


def seed(env: dict[str, str]) -> None:
    for step in ("migrate", "demo"):
        command = [sys.executable, "manage.py", step]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, check=True, stdout=subprocess.DEVNULL)


async def main() -> None:
    use_own_node()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        env = {**ENVIRONMENT, "DATABASE_URL": f"sqlite:///{home}/demo.sqlite3", "REDIS_URL": "", "DEMO": "1"}
        seed(env)
        server = Server(Path(home) / "server.log", env=env)
        server.start()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(**launch_options())
                await take(Gathering(browser, server.url))
                await browser.close()
        finally:
            server.terminate()
    size = sum(file.stat().st_size for file in PICTURES.glob("*.png"))
    print(f"{size // 1000} kB of pictures in {PICTURES.relative_to(ROOT)}")
    if size > LIMIT:
        raise SystemExit(f"more than {LIMIT // 1000} kB")


if __name__ == "__main__":
    asyncio.run(main())
