"""Staff sign in with a passkey: Chromium's own virtual authenticator stands in for the finger on the key."""

import subprocess
import sys

import pytest
from playwright.async_api import Page, expect

from tests.e2e.people import DESK, Gathering
from tests.services.server import ROOT, Server

PASSWORD = "the counter is made of oak"
# What a phone or a laptop is: it keeps the key, and knows its owner by a finger.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


async def with_authenticator(page: Page) -> None:
    wire = await page.context.new_cdp_session(page)
    await wire.send("WebAuthn.enable")
    await wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


@pytest.fixture
def link(demo: Server) -> str:
    """What an operator gives max: the path of a link that is good once."""
    command = [sys.executable, "manage.py", "staff", "add", "max", "--name", "Max"]
    said = subprocess.run(command, cwd=ROOT, env=demo.env, check=True, capture_output=True, text=True, timeout=60)
    return "/staff" + said.stdout.strip().partition("/staff")[2]


async def test_max_adds_a_passkey_and_next_time_needs_nothing_else(
    gathering: Gathering, demo: Server, link: str
) -> None:
    # A browser has passkeys under a name only, never under an address.
    base = demo.url.replace("127.0.0.1", "localhost")
    page = (await gathering.stranger(DESK)).page
    await with_authenticator(page)
    await page.goto(base + link)
    for field in ("password1", "password2"):
        await page.locator(f"[name={field}]").fill(PASSWORD)
    await page.get_by_role("button", name="Set Password").click()
    await page.goto(f"{base}/staff/passkeys/new")
    await page.locator("[name=password]").fill(PASSWORD)
    await page.get_by_role("button", name="Confirm").click()
    await page.locator("[name=passwordless]").check()
    await page.get_by_role("button", name="Add").click()
    await expect(page.locator("#recovery_codes")).to_be_visible()

    await page.context.clear_cookies()
    await page.goto(f"{base}/console")
    await page.get_by_role("button", name="Sign in with a passkey").click()
    await expect(page.locator("#console")).to_have_attribute("data-user", "max")
    await expect(page).to_have_url(f"{base}/console")
    # The console is alive: it has a line of its own, by a ticket of this session.
    await expect(page.locator(".cnav a[aria-current=page]")).to_have_count(1)
    await page.get_by_test_id("sign-out").click()
    await expect(page).to_have_url(f"{base}/")
    await page.goto(f"{base}/console")
    await expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()
