"""The tests of this folder end with "no page complained": this shows that a page would."""

from playwright.async_api import expect

from tests.e2e.people import DESK, Gathering


async def test_a_page_that_runs_strangers_code_complains_and_does_not_run_it(gathering: Gathering) -> None:
    kim = await gathering.sits("kim", DESK)
    assert kim.complaints == []
    await kim.page.evaluate(
        """() => {
          const stranger = document.createElement("p");
          stranger.innerHTML = '<img src="nowhere:x" onerror="window.taken = 1">';
          const script = document.createElement("script");
          script.textContent = "window.taken = 2";
          document.body.append(stranger, script);
        }"""
    )
    await expect(kim.page.locator("img, body script")).to_have_count(2)
    await kim.page.wait_for_function("() => document.querySelector('img').complete")
    assert await kim.page.evaluate("() => window.taken ?? null") is None
    complaints = "\n".join(kim.complaints)
    for directive in ("img-src", "script-src"):
        assert directive in complaints, complaints
    kim.complaints.clear()
