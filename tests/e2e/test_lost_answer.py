"""Kim's network fails at the worst moments: what she wrote is never doubled, and never gone."""

import json
from collections.abc import Callable
from typing import Any

from playwright.async_api import WebSocketRoute, expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering, Window
from tests.e2e.records import step

WENT_AWAY = 1001
# Far less than the 40 seconds after which a silent line is given up, far more than a page takes.
SOON_MS = 15_000


class Line:
    """Kim's socket. While it is deaf, what she says arrives, and what the server says does not."""

    def __init__(self) -> None:
        self.deaf = False
        self.said: list[dict[str, Any]] = []
        self.hang_up: Callable[[], Any] | None = None

    def connect(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda frame: self.up(server, frame))
        server.on_message(lambda frame: None if self.deaf else socket.send(frame))
        self.hang_up = lambda: socket.close(code=WENT_AWAY)

    def up(self, server: WebSocketRoute, frame: str | bytes) -> None:
        self.said.append(json.loads(frame))
        server.send(frame)

    def sent(self, text: str) -> list[str]:
        """The ids under which this text was sent."""
        return [frame["id"] for frame in self.said if frame.get("text") == text]


async def offline(window: Window, *, is_off: bool) -> None:
    window.line_may_fail = True
    await window.page.context.set_offline(is_off)


async def test_a_message_whose_answer_was_lost_is_sent_again_and_read_once(gathering: Gathering, host: Host) -> None:
    thread = host.place("A label")
    kim, sam = await gathering.sits("kim", PHONE), await gathering.sits("sam", DESK)
    line = Line()
    await kim.page.route_web_socket("**/ws/v1", line.connect)
    for window in (kim, sam):
        await window.opens(thread)
    line.deaf = True
    await kim.says("Only once, please.")
    await sam.reads("Only once, please.")
    await expect(kim.message("Only once, please.")).to_have_attribute("data-pending", "true")

    line.deaf = False
    assert line.hang_up is not None
    await line.hang_up()
    await expect(kim.message("Only once, please.")).to_have_attribute("data-pending", "false")
    # It did go out twice, as the same command.
    ids = line.sent("Only once, please.")
    assert len(ids) >= 2
    assert len(set(ids)) == 1
    await kim.says("And this one after it.")
    for window in (kim, sam):
        await window.reads("And this one after it.")
        await expect(window.at("message")).to_have_count(2)
    assert host.texts("sam", thread) == ["Only once, please.", "And this one after it."]


async def test_what_kim_types_without_a_network_is_grey_until_it_is_back(gathering: Gathering, host: Host) -> None:
    thread = host.place("A sticker")
    kim, sam = await gathering.sits("kim", PHONE), await gathering.sits("sam", DESK)
    for window in (kim, sam):
        await window.opens(thread)
    await kim.says("With a network.")
    await sam.reads("With a network.")
    await expect(kim.message("With a network.")).to_have_attribute("data-pending", "false")

    async def colour(text: str) -> str:
        shown: str = await kim.message(text).locator(".bubble").evaluate("node => getComputedStyle(node).background")
        return shown

    await offline(kim, is_off=True)
    await kim.says("Without one.")
    await expect(kim.message("Without one.").get_by_test_id("tick")).to_have_attribute("data-tick", "sending")
    # At once, and not when the line has been silent for as long as no healthy one is.
    await expect(kim.message("Without one.")).to_contain_text("Waiting for the connection", timeout=SOON_MS)
    await expect(kim.at("banner")).to_contain_text("You are offline")
    assert await colour("Without one.") != await colour("With a network.")
    assert host.texts("sam", thread) == ["With a network."]

    await offline(kim, is_off=False)
    await sam.reads("Without one.")
    await expect(kim.message("Without one.")).to_have_attribute("data-pending", "false")
    await expect(kim.at("banner")).to_be_hidden()
    await expect(kim.message("Without one.")).not_to_contain_text("Waiting for the connection")
    assert await colour("Without one.") == await colour("With a network.")
    assert host.texts("sam", thread) == ["With a network.", "Without one."]


async def test_kim_can_copy_what_she_had_written_when_sam_left_meanwhile(gathering: Gathering, host: Host) -> None:
    thread = host.place("A stamp")
    step(host, "sam", thread, "order.decline")
    kim = await gathering.sits("kim", DESK)
    await kim.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await kim.opens(thread)
    await kim.sees_order("cancelled")
    await offline(kim, is_off=True)
    await kim.says("Sent into the dark.")
    await kim.at("composer-input").fill("Still being written.")
    host.does("sam", thread, "thread.leave", confirm=True)
    await offline(kim, is_off=False)

    refused = kim.message("Sent into the dark.").get_by_test_id("message-refused")
    await expect(refused).to_have_attribute("data-code", "thread_closed")
    await expect(refused).to_contain_text("Not sent")
    for place, text in ((refused, "Sent into the dark."), (kim.at("composer-locked"), "Still being written.")):
        await place.get_by_role("button", name="Copy text").click()
        await kim.page.wait_for_function("text => navigator.clipboard.readText().then(read => read === text)", arg=text)
    assert host.texts("kim", thread) == []
