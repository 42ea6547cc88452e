"""`python -m tests.notices.pictures`: takes the pictures of letters in docs/screenshots.

Must never decide what is good: look at every picture afterwards.
"""

import asyncio
import os
import tempfile
from pathlib import Path

import django
from playwright.async_api import Browser, async_playwright

from tests.e2e.screenshots import seed
from tests.services.chromium import launch_options, use_own_node
from tests.services.server import ROOT, Server
from tests.stack import ENVIRONMENT

PICTURES = ROOT / "docs" / "screenshots"
COLUMNS, CARD, SCALE = 6, (440, 560), 0.5
# Letters side by side, small, each as a mail program shows it.
SHEET = """
<style>
  body {{ margin: 0; padding: 12px; width: {width}px; display: flex; flex-wrap: wrap; gap: 12px; background: #d8d4ca;
         font: 11px sans-serif; color: #333; }}
  figure {{ margin: 0; width: {w}px; }}
  div {{ width: {w}px; height: {h}px; overflow: hidden; }}
  iframe {{ width: {full_w}px; height: {full_h}px; border: 0; transform: scale({scale}); transform-origin: 0 0; }}
</style>
"""


async def sheet(browser: Browser, url: str, language: str, addresses: list[tuple[str, str]]) -> None:
    """These letters in one picture."""
    w, h = (int(side * SCALE) for side in CARD)
    width = COLUMNS * (w + 12) - 12
    # As high as all of it: what lies outside the window is not drawn in a frame.
    rows = -(-len(addresses) // COLUMNS)
    page = await browser.new_page(viewport={"width": width + 24, "height": rows * (h + 30)})
    await page.goto(f"{url}/healthz")
    cards = "".join(
        f'<figure><figcaption>{notice} → {role}</figcaption><div><iframe src="{url}/demo/letters/{notice}/{role}/{language}">'
        "</iframe></div></figure>"
        for notice, role in addresses
    )
    style = SHEET.format(width=width, w=w, h=h, full_w=CARD[0], full_h=CARD[1], scale=SCALE)
    await page.set_content(style + cards, wait_until="networkidle")
    await page.screenshot(path=PICTURES / f"letters-{language}.png", full_page=True)
    await page.close()


async def phone(browser: Browser, url: str, address: str, name: str, scheme: str) -> None:
    dark = scheme == "dark"
    page = await browser.new_page(viewport={"width": 390, "height": 700}, color_scheme="dark" if dark else "light")
    await page.goto(f"{url}{address}")
    await page.screenshot(path=PICTURES / f"letters-{name}.png")
    await page.close()


async def main() -> None:
    os.environ.update(ENVIRONMENT)
    use_own_node()
    django.setup()
    from notices import preferences
    from notices.kinds import NOTICES, Switch
    from notices.samples import names

    first = {notice: role.value for notice, role in reversed(list(names()))}
    addresses = sorted(first.items(), key=lambda pair: list(NOTICES).index(pair[0]))
    with tempfile.TemporaryDirectory() as home:
        env = {**ENVIRONMENT, "DATABASE_URL": f"sqlite:///{home}/demo.sqlite3", "REDIS_URL": "", "DEMO": "1"}
        seed(env)
        server = Server(Path(home) / "server.log", env=env)
        server.start()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(**launch_options())
                # Half of them in each language: all of them twice would be too heavy for a repository.
                await sheet(browser, server.url, "en", addresses[::2])
                await sheet(browser, server.url, "fr", addresses[1::2])
                await phone(browser, server.url, "/demo/letters/order.delivered/buyer/en", "390", "light")
                await phone(browser, server.url, "/demo/letters/messages.waiting/buyer/fr", "dark-390", "dark")
                switch = "/letters/" + preferences.link("kim", Switch.MESSAGES).rpartition("/")[2]
                await phone(browser, server.url, switch, "switch-390", "light")
                await browser.close()
        finally:
            server.terminate()


if __name__ == "__main__":
    asyncio.run(main())
