"""Whom staff decide about reads on the page what and why, and appeals there."""

from playwright.async_api import expect

from tests.e2e.host import Host
from tests.e2e.people import DESK, PHONE, Gathering

WHY = "asking to pay outside of the shop"


def is_decided_about(who: str, thread: str, host: Host) -> bool:
    """Other stories of the same town may have left a decision: who has none is not offered the list."""
    return bool(host.does(who, thread, "decision.list", limit=1)["decisions"])


async def test_sam_reads_why_he_was_warned_appeals_and_hears_what_becomes_of_it(
    gathering: Gathering, host: Host
) -> None:
    host.put("/users/lea", {"name": "Lea", "email": "lea@example.com", "role": "lead"})
    thread = host.place("A poster")
    sam = await gathering.sits("sam", PHONE)
    await expect(sam.row(thread)).to_be_visible()
    await expect(sam.at("decisions-open")).to_be_visible(visible=is_decided_about("sam", thread, host))
    warned = host.does("mia", thread, "moderation.warn", user="sam", thread=thread, reason=WHY)["decision"]
    await sam.at("decisions-open").click()
    row = sam.page.locator(f'[data-testid="decision"][data-decision="{warned}"]')
    await expect(row).to_contain_text("We gave you a warning.")
    await expect(row).to_contain_text(WHY)
    await expect(sam.page.locator("body")).not_to_contain_text("Mia")

    await row.get_by_test_id("appeal-open").click()
    await sam.at("field-text").fill("It was a joke <b>between us</b>.")
    await sam.confirms()
    appeal = row.get_by_test_id("appeal")
    await expect(appeal).to_have_attribute("data-state", "open")
    await expect(appeal).to_contain_text("It was a joke <b>between us</b>.")
    await expect(row.get_by_test_id("appeal-open")).to_have_count(0)
    said = host.does("sam", thread, "decision.list")["decisions"][0]["appeal"]["appeal"]
    host.does("lea", thread, "moderation.rule_appeal", appeal=said, outcome="overturned", reason="it was a joke indeed")
    await expect(appeal).to_have_attribute("data-state", "ruled")
    await expect(appeal).to_contain_text("The decision was overturned.")
    await expect(appeal).to_contain_text("it was a joke indeed")

    desk = await gathering.sits("sam", DESK)
    await desk.at("decisions-open").click()
    await expect(desk.at("decision").first).to_contain_text(WHY)
    await desk.at("decision").first.get_by_role("button", name="Open the conversation").click()
    await desk.at("order-state").wait_for()
    kim = await gathering.sits("kim", DESK)
    await expect(kim.row(thread)).to_be_visible()
    await expect(kim.at("decisions-open")).to_be_visible(visible=is_decided_about("kim", thread, host))
