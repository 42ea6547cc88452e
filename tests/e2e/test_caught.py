"""Kim writes what is caught: she is told while she writes, and what is held is hers alone until it is let through."""

import os
from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest
from playwright.async_api import Browser, expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering
from tests.services.server import Server
from tests.stack import Stack

SAID = "Call me on 0151 23456789"
WHY = "Please keep it in here."
# What nobody sees who is not looking: a folder for the pictures of a run.
PICTURES = os.environ.get("PICTURES")


@pytest.fixture(scope="module")
def strict(stack: Stack) -> Iterator[Server]:
    """A demo where phone numbers are held and addresses hidden."""
    env = {"DEMO": "1", "DATABASE_URL": stack.new_database(), "CATCHING": "phone=hold,email=mask"}
    server = Server(stack.log("strict"), workers=stack.workers, env=env)
    server.start()
    yield server
    assert server.terminate() == 0, f"the server did not end well:\n{server.log()}"


@pytest.fixture
async def people(strict: Server, browser: Browser) -> AsyncIterator[tuple[Gathering, Host]]:
    gathering = Gathering(browser, strict.url)
    with httpx2.Client(base_url=strict.url, timeout=30) as http:
        yield gathering, Host(http)
    assert [window.complaints for window in gathering.windows if window.complaints] == []


async def test_kim_is_told_before_she_sends_and_what_is_held_waits_until_it_is_let_through(
    people: tuple[Gathering, Host],
) -> None:
    gathering, host = people
    thread = host.place("A sign")
    kim, sam = await gathering.sits("kim", PHONE), await gathering.sits("sam", DESK)
    for window in (kim, sam):
        await window.opens(thread)
    warning = kim.at("composer-caught")
    await kim.at("composer-input").fill("Hello")
    await expect(warning).to_be_hidden()
    await kim.at("composer-input").fill("Write to kim@example.com")
    await expect(warning).to_contain_text("an e-mail address, which will be hidden")
    await kim.at("composer-input").fill(SAID)
    await expect(warning).to_contain_text("a phone number. It will wait for a check")
    if PICTURES:
        await kim.page.screenshot(path=f"{PICTURES}/caught-390.png")
    await kim.at("composer-send").click()
    await expect(warning).to_be_hidden()
    waiting = kim.message(SAID)
    await expect(waiting).to_contain_text("Waiting for a check")
    await kim.says("And hello.")
    await sam.reads("And hello.")
    await expect(sam.message(SAID)).to_have_count(0)
    if PICTURES:
        await kim.page.screenshot(path=f"{PICTURES}/held-390.png")

    await kim.page.reload()
    await expect(waiting).to_contain_text("Waiting for a check")
    (held,) = host.does("kim", thread, "thread.snapshot")["held"]
    host.does("mia", thread, "moderation.watch", reason="a message is held")
    host.does("mia", thread, "moderation.release_message", target=held["held"])
    await sam.reads(SAID)
    await expect(waiting).to_have_count(1)
    await expect(waiting).not_to_contain_text("Waiting for a check")


async def test_what_is_refused_stays_kim_s_with_the_reason(people: tuple[Gathering, Host]) -> None:
    gathering, host = people
    thread = host.place("A plate")
    kim = await gathering.sits("kim", PHONE)
    await kim.opens(thread)
    await kim.says(SAID)
    await expect(kim.message(SAID)).to_contain_text("Waiting for a check")
    await kim.page.reload()
    await expect(kim.message(SAID)).to_contain_text("Waiting for a check")
    (held,) = host.does("kim", thread, "thread.snapshot")["held"]
    host.does("mia", thread, "moderation.watch", reason="a message is held")
    host.does("mia", thread, "moderation.reject_message", target=held["held"], reason=WHY)
    await expect(kim.at("message-refused")).to_contain_text(WHY)
    await expect(kim.message(SAID)).to_have_count(1)
    if PICTURES:
        await kim.page.screenshot(path=f"{PICTURES}/refused-390.png")
    await kim.at("message-discard").click()
    await expect(kim.message(SAID)).to_have_count(0)
