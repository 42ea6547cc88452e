"""Staff who sign in at their own house: only those who are staff here already, and only by an address it vouches for."""

from collections.abc import Callable, Iterator

import pytest

from moderation import accounts
from tests.moderation.issuer import CLIENT, SECRET, Issuer, issuing
from tests.moderation.visitor import Visitor
from tests.services.server import Server


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuing() as issuer:
        yield issuer


@pytest.fixture
def visitor(start_server: Callable[..., Server], issuer: Issuer) -> Iterator[Visitor]:
    oidc = {"OIDC_ISSUER": issuer.url, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET, "OIDC_NAME": "Our house"}
    visitor = Visitor(start_server(**oidc).url)
    yield visitor
    visitor.http.close()


def test_only_who_is_staff_here_and_vouched_for_there_gets_in_and_shows_a_second_factor_all_the_same(
    visitor: Visitor, issuer: Issuer, mia: str
) -> None:
    accounts.add(mia, role="moderator", email=f"{mia}@example.com")
    assert "Our house" in visitor.page.text
    assert f"form-action 'self' {issuer.url};" in visitor.page.headers["Content-Security-Policy"]
    way_in = "/staff/oidc/staff"

    issuer.person = {"sub": "1", "email": "odd@example.com", "email_verified": True}
    visitor.sends(way_in)
    assert "/staff/outside/unknown" in visitor.path or "Sign Up Closed" in visitor.page.text
    issuer.person = {"sub": "2", "email": f"{mia}@example.com", "email_verified": False}
    visitor.opens("/staff/sign-in")
    visitor.sends(way_in)
    assert visitor.opens("/console").url.path == "/staff/sign-in"

    issuer.person = {"sub": "3", "email": f"{mia}@example.com", "email_verified": True}
    visitor.sends(way_in)
    assert issuer.token_requests[-1]["client_secret"] == SECRET
    assert "code_verifier" in issuer.token_requests[-1]
    assert visitor.path == "/staff/second"
    assert visitor.asks_for_ticket().status_code == 401
    visitor.sets_up_app()
    assert f'data-user="{mia}"' in visitor.opens("/console").text


def test_without_the_setting_there_is_no_such_way(server: Server) -> None:
    visitor = Visitor(server.url)
    assert "oidc" not in visitor.page.text
    assert visitor.sends("/staff/oidc/staff").status_code == 404
    visitor.http.close()
