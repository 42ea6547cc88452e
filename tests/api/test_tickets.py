"""How a signed-in page comes by a ticket, and how nobody else does (protocol.md §3)."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx2
import pytest

from tests.api.conftest import MarketAt
from tests.api.market import Market, bearer, problem
from tests.services.server import Server
from tests.stack import Stack

PATH = "/api/v1/tickets"


class Page:
    """Somebody's browser tab in the demo: cookies, the CSRF token, the Origin."""

    def __init__(self, http: httpx2.Client, origin: str) -> None:
        self.http = http
        self.origin = origin

    @property
    def headers(self) -> dict[str, str]:
        return {"Origin": self.origin, "X-CSRFToken": self.http.cookies["csrftoken"]}


Opens = Callable[[str], Page]


@pytest.fixture(scope="module")
def demo(stack: Stack) -> Iterator[Server]:
    server = Server(stack.log("demo"), env={"DEMO": "1"})
    server.start()
    with httpx2.Client(base_url=server.url) as http:
        market = Market(http)
        for user in ("kim", "sam"):
            market.put(user)
    yield server
    server.terminate()


@pytest.fixture
def page_of(demo: Server) -> Iterator[Opens]:
    """Open the demo's page as this person, or as nobody ("")."""
    with ExitStack() as opened:

        def open_page(who: str) -> Page:
            http = opened.enter_context(httpx2.Client(base_url=demo.url, follow_redirects=True))
            http.get(f"/demo/{who}" if who else "/")
            return Page(http, demo.url)

        yield open_page


def test_kim_s_page_gets_a_ticket(page_of: Opens) -> None:
    page = page_of("kim")
    said = page.http.post(PATH, headers=page.headers)
    assert said.status_code == 200, said.text
    assert said.json()["expires_in"] == 30
    assert len(said.json()["ticket"]) >= 43
    assert said.headers["cache-control"] == "no-store"


def test_every_ticket_is_another(page_of: Opens) -> None:
    page = page_of("kim")
    assert len({page.http.post(PATH, headers=page.headers).json()["ticket"] for _ in range(5)}) == 5


@pytest.mark.parametrize("token", [None, "", "x" * 32, "x" * 64])
def test_a_page_that_cannot_read_our_cookie_gets_no_ticket(page_of: Opens, token: str | None) -> None:
    page = page_of("kim")
    headers = {"Origin": page.origin} | ({} if token is None else {"X-CSRFToken": token})
    problem(page.http.post(PATH, headers=headers), 403, "unauthenticated")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "{}/", "{}.evil.example"])
def test_a_page_of_another_origin_gets_no_ticket(page_of: Opens, origin: str) -> None:
    page = page_of("kim")
    headers = page.headers | {"Origin": origin.format(page.origin)}
    problem(page.http.post(PATH, headers=headers), 403, "unauthenticated")


def test_a_cookie_without_an_origin_is_ignored(page_of: Opens) -> None:
    page = page_of("kim")
    headers = {"X-CSRFToken": page.headers["X-CSRFToken"]}
    problem(page.http.post(PATH, headers=headers), 401, "unauthenticated")


def test_a_page_where_nobody_signed_in_gets_no_ticket(page_of: Opens) -> None:
    page = page_of("")
    problem(page.http.post(PATH, headers=page.headers), 401, "unauthenticated")


def test_a_forged_session_is_nobody_s(page_of: Opens) -> None:
    page = page_of("kim")
    token, session = (page.http.cookies[name] for name in ("csrftoken", "order_threads_session"))
    page.http.cookies.clear()
    forged = f"csrftoken={token}; order_threads_session={session[:-2]}xx"
    headers = {"Origin": page.origin, "X-CSRFToken": token, "Cookie": forged}
    problem(page.http.post(PATH, headers=headers), 401, "unauthenticated")


def test_a_cookie_opens_nothing_but_the_ticket_office(page_of: Opens) -> None:
    page = page_of("kim")
    for path in ("threads", "threads/x/entries", "threads/x/snapshot"):
        problem(page.http.get(f"/api/v1/{path}", headers=page.headers), 401, "unauthenticated")


def test_a_wrong_token_is_not_saved_by_a_good_cookie(page_of: Opens) -> None:
    page = page_of("kim")
    problem(page.http.post(PATH, headers=page.headers | bearer("a.b.c")), 401, "unauthenticated")


def test_kim_s_app_gets_a_ticket_with_her_token_and_no_csrf(market: Market) -> None:
    said = market.http.post(PATH, headers=bearer(market.tokens[market.kim]))
    assert said.status_code == 200
    assert set(said.json()) == {"ticket", "expires_in"}


def test_a_suspended_person_s_page_gets_no_ticket(demo: Server, page_of: Opens, market_at: MarketAt) -> None:
    page, market = page_of("sam"), market_at(demo)
    market.http.post("/api/v1/users/sam/suspend", headers=market.host, json={"reason": "a test"})
    try:
        problem(page.http.post(PATH, headers=page.headers), 403, "suspended")
    finally:
        market.http.post("/api/v1/users/sam/reinstate", headers=market.host, json={"reason": "a test"})


def test_signing_out_ends_the_page_s_right(page_of: Opens) -> None:
    page = page_of("kim")
    page.http.post("/sign-out", headers=page.headers)
    page.http.get("/")
    problem(page.http.post(PATH, headers=page.headers), 401, "unauthenticated")
