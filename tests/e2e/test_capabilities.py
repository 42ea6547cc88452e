"""The page's buttons against the rights that the server names: the same set, and each refusal in the server's words."""

import time
from typing import Any

from playwright.async_api import expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering, Window
from tests.e2e.records import snapshot, step

# Drawn beside what they are about: a message, an offer, the conversation itself.
ELSEWHERE = (
    *("message.", "moderation.", "thread.leave", "support.resolve"),
    *("offer.accept", "offer.decline", "offer.withdraw"),
    *("proposal.accept", "proposal.decline", "proposal.withdraw"),
)

PANEL = """() => [...document.querySelectorAll('.panel [data-testid^="action-"]')].map((button) => ({
  key: button.dataset.testid.slice("action-".length),
  enabled: !button.disabled,
  why: button.closest("li")?.querySelector(".why")?.firstChild.textContent ?? null,
  until: button.closest("li")?.querySelector("[data-until]")?.dataset.until ?? null,
}))"""

# How the order goes on, and to where.
ROAD: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("sam", "order.start", {}),
    ("sam", "order.deliver", {"note": "Here it is."}),
    ("kim", "order.request_revision", {"text": "Bigger, please."}),
    ("sam", "order.accept_revision", {}),
    ("sam", "order.deliver", {"note": "Bigger."}),
    ("kim", "order.close", {}),
)


def named(rights: dict[str, Any]) -> list[dict[str, Any]]:
    """What the panel has to draw."""
    buttons = [{"key": key, "enabled": True, "why": None, "until": None} for key in rights["allowed"]]
    for key, why in rights["refused"].items():
        buttons.append({"key": key, "enabled": False, "why": why["message"], "until": why.get("until")})
    return sorted((one for one in buttons if not one["key"].startswith(ELSEWHERE)), key=lambda one: str(one["key"]))


async def draws(window: Window, expected: list[dict[str, Any]]) -> None:
    """It does so within a moment: the new rights are on their way to the page."""
    deadline = time.monotonic() + 20
    while True:
        drawn = sorted(await window.page.evaluate(PANEL), key=lambda one: str(one["key"]))
        if drawn == expected:
            return
        assert time.monotonic() < deadline, f"drawn {drawn}\nnamed {expected}"
        await window.page.wait_for_timeout(50)


async def test_in_every_state_kim_and_sam_see_exactly_the_buttons_that_the_server_names(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A flag")
    windows = {"kim": await gathering.sits("kim", PHONE), "sam": await gathering.sits("sam", DESK)}
    for window in windows.values():
        await window.opens(thread)
    seen: list[dict[str, Any]] = []

    async def compare() -> None:
        for who, window in windows.items():
            expected = named(snapshot(host, who, thread)["capabilities"])
            await draws(window, expected)
            seen.extend(expected)

    await compare()
    for who, kind, fields in ROAD:
        step(host, who, thread, kind, **fields)
        await compare()
    host.does("kim", thread, "thread.leave", confirm=True)
    await compare()
    # The walk has met both kinds, and refusals that end by themselves.
    assert {one["enabled"] for one in seen} == {True, False}
    assert any(one["until"] for one in seen)


async def test_kim_reads_why_she_can_neither_leave_nor_cancel_yet_and_until_when(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A sign")
    kim = await gathering.sits("kim", PHONE)
    await kim.opens(thread)
    await kim.at("options-open").click()
    said = snapshot(host, "kim", thread)["capabilities"]["refused"]["thread.leave"]
    await expect(kim.at("leave-open")).to_be_disabled()
    await expect(kim.page.get_by_role("menu")).to_contain_text(said["message"])
    await kim.page.keyboard.press("Escape")

    step(host, "sam", thread, "order.start")
    await kim.sees_order("in_progress")
    await kim.at("panel-toggle").click()
    await kim.at("refused-open").click()
    said = snapshot(host, "kim", thread)["capabilities"]["refused"]["order.cancel"]
    why = kim.page.locator("#why-order\\.cancel")
    await expect(why).to_be_visible()
    await expect(why).to_contain_text(said["message"])
    await expect(why.locator("time")).to_have_attribute("data-until", said["until"])
    await expect(why).to_contain_text("Possible in 4 d 23 h")
