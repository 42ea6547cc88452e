"""Kim has no mouse today."""

from playwright.async_api import ViewportSize, expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, Gathering, Window
from tests.e2e.records import step

# More stops than any page has on the way to one control.
FAR = 60
# A window on a desk, as narrow as a phone: the list and the conversation take each other's place.
NARROW: ViewportSize = {"width": 400, "height": 800}


async def tabs_to(window: Window, selector: str) -> None:
    """Press Tab until the focus is there, and see that it shows."""
    target = window.page.locator(selector)
    await target.wait_for()
    for _ in range(FAR):
        await window.page.keyboard.press("Tab")
        if await target.evaluate("node => node === document.activeElement"):
            shown = await target.evaluate(
                "node => node.matches(':focus-visible') && getComputedStyle(node).outlineStyle !== 'none'"
                " || node.closest(':focus-within')?.matches('.composer-row')"
            )
            assert shown, f"nobody sees that the focus is on {selector}"
            return
    raise AssertionError(f"no way to {selector} by the keyboard")


async def test_kim_opens_a_thread_writes_and_looks_at_leaving_by_the_keyboard_alone(
    gathering: Gathering, host: Host
) -> None:
    thread, other = host.place("A map"), host.place("A globe")
    step(host, "sam", thread, "order.decline")
    kim, sam = await gathering.sits("kim", DESK), await gathering.sits("sam", DESK)
    await sam.opens(thread)
    await tabs_to(kim, f'a.row[href="/t/{thread}"]')
    await kim.page.keyboard.press("Enter")
    await kim.sees_order("cancelled")
    # The row is drawn anew as the open one, and again with news of another: the way goes on from there.
    row = kim.row(thread).locator("a")
    await expect(row).to_have_attribute("aria-current", "true")
    await expect(row).to_be_focused()
    host.does("sam", other, "message.send", text="Round?")
    await expect(kim.page.locator('[data-testid="thread-row"]').first).to_have_attribute("data-thread", other)
    await sam.says("Folded or rolled?")
    await expect(kim.page.locator('[data-testid="thread-row"]').first).to_have_attribute("data-thread", thread)
    await expect(row).to_be_focused()
    await tabs_to(kim, '[data-testid="composer-input"]')
    await kim.page.keyboard.type("Written")
    await kim.page.keyboard.press("Shift+Enter")
    await kim.page.keyboard.type("by hand")
    await kim.page.keyboard.press("Enter")
    await sam.reads("by hand")
    # The focus has stayed, so that one can go on writing.
    await kim.page.keyboard.type("More.")
    await kim.page.keyboard.press("Enter")
    await sam.reads("More.")
    assert host.texts("sam", thread) == ["Folded or rolled?", "Written\nby hand", "More."]

    await tabs_to(kim, '[data-testid="options-open"]')
    await kim.page.keyboard.press("Enter")
    for _ in range(2):
        await kim.page.keyboard.press("ArrowDown")
    await expect(kim.at("leave-open")).to_be_focused()
    await kim.page.keyboard.press("Enter")
    dialog = kim.at("leave-dialog")
    for line in ("Maybe this is enough", "can ever write here again", "become void", "Nobody can undo it"):
        await expect(dialog).to_contain_text(line)
    # Nothing outside an open dialog can be reached.
    for _ in range(12):
        await kim.page.keyboard.press("Tab")
        inside = "node => node.contains(document.activeElement) || document.activeElement === document.body"
        assert await dialog.evaluate(inside)
    await kim.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(kim.at("composer-input")).to_be_enabled()


async def test_in_a_narrow_window_the_focus_goes_into_the_conversation_and_back_to_its_row(
    gathering: Gathering, host: Host
) -> None:
    thread = host.place("A plan")
    kim = await gathering.sits("kim", NARROW)
    await tabs_to(kim, f'a.row[href="/t/{thread}"]')
    await kim.page.keyboard.press("Enter")
    await kim.sees_order("pending")
    await expect(kim.page.locator("#conversation")).to_be_focused()
    await kim.page.keyboard.press("Tab")
    await expect(kim.at("back")).to_be_focused()
    await kim.page.keyboard.press("Enter")
    await expect(kim.row(thread).locator("a")).to_be_focused()
