"""Whoever has no part in a thread learns nothing of it from the page, nor from what reaches the page."""

from playwright.async_api import WebSocket, expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, Gathering, Window
from tests.e2e.records import looks, place_for

TITLE, SECRET = "A sealed letter", "Between Odd and Sam only."


def frames(window: Window) -> list[str]:
    """Everything that a socket of this page will receive."""
    received: list[str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: received.append(str(frame)))

    window.page.on("websocket", listen)
    return received


async def test_kim_sees_nothing_of_a_thread_between_odd_and_sam(gathering: Gathering, host: Host) -> None:
    thread = place_for(host, "odd", TITLE)
    host.does("odd", thread, "message.send", text=SECRET)
    kim, sam = await gathering.sits("kim", DESK), await gathering.sits("sam", DESK)
    heard, told = frames(kim), frames(sam)
    # Whose thread it is reads it, on the page and in its frames.
    await sam.opens(thread)
    await sam.reads(SECRET)
    assert any(SECRET in frame for frame in told)

    await kim.page.goto(f"{kim.base}/t/{thread}")
    await expect(kim.page.get_by_text("This conversation is not available to you.")).to_be_visible()
    host.does("odd", thread, "message.send", text=f"{SECRET} Again.")
    await sam.reads(f"{SECRET} Again.")
    await expect(kim.page.locator("body")).not_to_contain_text(TITLE)
    await expect(kim.at("message")).to_have_count(0)
    await expect(kim.at("order-state")).to_have_count(0)
    await expect(kim.row(thread)).to_have_count(0)
    assert any("not_found" in frame for frame in heard)
    assert not [frame for frame in heard if SECRET in frame or TITLE in frame]

    # Somebody who is not signed in is shown the door, and behind it is where they wanted to go.
    await kim.page.context.clear_cookies()
    await kim.page.goto(f"{kim.base}/t/{thread}")
    await expect(kim.page.locator("body")).not_to_contain_text(TITLE)
    await kim.at("demo-sam").click()
    await kim.reads(f"{SECRET} Again.")


async def test_mia_receives_nothing_before_her_reason_is_on_record_and_nobody_sees_her_look(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A quarrel")
    host.does("kim", thread, "message.send", text="This stays here.")
    kim, mia = await gathering.sits("kim", DESK), await gathering.sits("mia", DESK)
    await kim.opens(thread)
    heard = frames(mia)
    await mia.page.goto(f"{mia.base}/t/{thread}")
    await mia.at("watch-dialog").wait_for()
    assert not [frame for frame in heard if "This stays here." in frame]
    assert looks(host, thread) == []

    await mia.at("field-reason").fill("Kim asked for help by phone")
    await mia.confirms()
    await mia.reads("This stays here.")
    assert any("This stays here." in frame for frame in heard)
    assert looks(host, thread) == [("mia", "Kim asked for help by phone")]
    # She reads along live; kim's page shows what was said, and nothing of her.
    await kim.says("Is somebody there?")
    await mia.reads("Is somebody there?")
    await expect(kim.page.locator("body")).not_to_contain_text("Mia")
