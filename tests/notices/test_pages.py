"""The link in a letter that switches letters off, and the demo's page of all letters, over HTTP."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from notices import preferences
from notices.kinds import Switch
from notices.samples import names
from tests.api.market import Market, somebody
from tests.notices.browser import PushBrowser
from tests.services.server import Server
from tests.stack import Stack

PUSH = "/api/v1/push-subscriptions"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(market: Market) -> str:
    """Kim's, as the path on the server."""
    return "/letters/" + preferences.link(market.kim, Switch.MESSAGES).rpartition("/")[2]


def test_kim_s_mail_program_switches_off_with_one_click(market: Market, link: str) -> None:
    assert not preferences.is_off(market.kim, Switch.MESSAGES)
    said = httpx2.post(market.http.base_url.join(link), data=ONE_CLICK)
    assert said.status_code == 200
    assert preferences.is_off(market.kim, Switch.MESSAGES)
    assert not preferences.is_off(market.kim, Switch.REVIEWS)
    assert not preferences.is_off(market.sam, Switch.MESSAGES)


def test_looking_at_the_page_switches_nothing(market: Market, link: str) -> None:
    for _ in range(2):
        page = market.http.get(link)
        assert page.status_code == 200
        assert "You get them at present." in page.text
    assert market.http.head(link).status_code == 200
    assert not preferences.is_off(market.kim, Switch.MESSAGES)
    assert market.http.post(link, data=ONE_CLICK).status_code == 200
    assert preferences.is_off(market.kim, Switch.MESSAGES)


def test_kim_switches_them_on_again_on_the_page(market: Market, link: str) -> None:
    assert "You no longer get them." in market.http.post(link, data=ONE_CLICK).text
    page = market.http.get(link).text
    (name, value) = re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', page)[0]
    assert "You get them at present." in market.http.post(link, data={name: value}).text
    assert not preferences.is_off(market.kim, Switch.MESSAGES)


def test_the_page_speaks_the_reader_s_language_and_names_nobody(market: Market, link: str) -> None:
    market.put(market.kim, locale="fr")
    page = market.http.get(link)
    assert "Vous les recevez actuellement." in page.text
    assert market.kim not in page.text
    assert "example.com" not in page.text
    assert "'unsafe" not in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"


def test_a_link_that_was_not_made_here_opens_nothing(market: Market, link: str) -> None:
    assert market.http.get(link).status_code == 200
    for wrong in (link[:-1], link + "x", "/letters/x", "/letters/a:b"):
        assert market.http.get(wrong).status_code == 404
        assert market.http.post(wrong, data=ONE_CLICK).status_code == 404
    assert not preferences.is_off(market.kim, Switch.MESSAGES)
    assert market.http.put(link).status_code == 405


def test_a_link_of_somebody_who_is_gone_still_answers(market: Market) -> None:
    link = "/letters/" + preferences.link("nobody-any-more", Switch.OFFERS).rpartition("/")[2]
    assert market.http.post(link, data=ONE_CLICK).status_code == 200
    assert not preferences.is_off("nobody-any-more", Switch.OFFERS)


@pytest.fixture(scope="module")
def demo(stack: Stack) -> Iterator[Server]:
    server = Server(stack.log("demo"), env={"DEMO": "1"})
    server.start()
    yield server
    server.terminate()


def test_all_letters_are_on_one_page_in_the_demo_only(server: Server, demo: Server) -> None:
    page = httpx2.get(f"{demo.url}/demo/letters", timeout=30)
    frames = re.findall(r'src="(/demo/letters/[^"]+)"', page.text)
    assert len(frames) == 2 * len(list(names()))
    letter = httpx2.get(f"{demo.url}{frames[0]}")
    assert letter.status_code == 200
    assert "<h1" in letter.text
    assert "sandbox" in letter.headers["content-security-policy"]
    for path in ("/demo/letters", frames[0]):
        assert httpx2.get(f"{server.url}{path}").status_code == 404
    assert httpx2.get(f"{demo.url}/demo/letters/order.nothing/buyer/en").status_code == 404


def test_a_page_subscribes_with_its_session_and_no_foreign_page_does(demo: Server) -> None:
    wanted = {"kind": "web", "endpoint": f"https://push.example/{somebody('x')}", "keys": PushBrowser().keys}
    with httpx2.Client(base_url=demo.url, follow_redirects=True) as http:
        Market(http).put("kim")
        http.get("/demo/kim")
        headers = {"Origin": demo.url, "X-CSRFToken": http.cookies["csrftoken"]}
        made = http.post(PUSH, headers=headers, json=wanted)
        assert made.status_code == 200, made.text
        for fault in ({"Origin": "https://odd.example"}, {"X-CSRFToken": "forged"}):
            assert http.post(PUSH, headers=headers | fault, json=wanted).status_code == 403
        assert http.delete(f"{PUSH}/{made.json()['subscription']}", headers=headers).status_code == 204
