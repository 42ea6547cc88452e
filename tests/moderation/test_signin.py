"""Staff sign in: by a link good once, a password, and a second factor; and what ends it."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import override_settings

from moderation import accounts, sessions
from moderation.environment import StaffSignIn
from tests.moderation.conftest import Sits
from tests.moderation.visitor import PASSWORD, Visitor
from tests.services.server import ROOT, Server


@pytest.fixture
def inside(sits: Sits, mia: str) -> Visitor:
    """Mia, who has a password and an app, in the console."""
    visitor = sits()
    visitor.is_welcomed(accounts.add(mia, role="moderator"))
    visitor.sets_up_app()
    assert visitor.opens("/console").url.path == "/console"
    return visitor


def session_of(visitor: Visitor) -> Any:
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    return store(visitor.http.cookies["order_threads_session"])


def test_an_operator_s_link_leads_mia_to_a_password_an_app_and_the_console_and_is_good_once(
    server: Server, sits: Sits, mia: str
) -> None:
    command = [sys.executable, "manage.py", "staff", "add", mia, "--role", "moderator", "--name", "Mia"]
    said = subprocess.run(command, cwd=ROOT, env=server.env, check=True, capture_output=True, text=True, timeout=60)
    link = said.stdout.strip().partition("/staff")[2]
    visitor = sits()
    visitor.is_welcomed(f"/staff{link}")
    # She has shown one factor: the console sends her to set up the other.
    assert visitor.path == "/staff/second"
    visitor.sets_up_app()
    page = visitor.opens("/console")
    assert page.url.path == "/console"
    assert f'data-user="{mia}"' in page.text
    assert visitor.asks_for_ticket().status_code == 200
    assert "used already" in sits().opens(f"/staff{link}").text


def test_with_a_password_alone_mia_sees_nothing(inside: Visitor, sits: Sits, mia: str) -> None:
    visitor = sits()
    assert visitor.signs_in(mia).url.path == "/staff/second/show"
    # Wherever she turns, she is asked for the second one.
    assert visitor.opens("/console").url.path == "/staff/second/show"
    assert visitor.asks_for_ticket().status_code == 401
    visitor.secret = inside.secret
    # The code that set it up is spent.
    visitor.sends(code=inside.code(1))
    assert visitor.path == "/console"
    assert visitor.asks_for_ticket().status_code == 200


def test_a_new_account_without_a_second_factor_gets_no_ticket(sits: Sits, mia: str) -> None:
    visitor = sits()
    visitor.is_welcomed(accounts.add(mia, role="moderator"))
    assert visitor.path == "/staff/second"
    assert visitor.asks_for_ticket().status_code == 401
    assert visitor.opens("/console/queue").url.path == "/staff/second"


def test_whoever_guesses_codes_has_to_wait_and_the_right_one_no_longer_helps(
    inside: Visitor, sits: Sits, mia: str
) -> None:
    visitor = sits()
    visitor.signs_in(mia)
    for _ in range(5):
        assert "Incorrect code" in visitor.sends(code="000000").text
    visitor.secret = inside.secret
    assert "Too many failed" in visitor.sends(code=inside.code(1)).text
    assert visitor.opens("/console").url.path == "/staff/second/show"


def test_whoever_guesses_passwords_has_to_wait(inside: Visitor, sits: Sits, mia: str) -> None:
    visitor = sits()
    for _ in range(5):
        assert visitor.signs_in(mia, "a guess").url.path == "/staff/sign-in"
    assert "Too many failed" in visitor.signs_in(mia).text


@pytest.mark.parametrize("path", ["signup", "sign-up", "password/reset", "email", "accounts/signup"])
def test_nobody_can_sign_up_or_ask_for_a_reset(sits: Sits, path: str) -> None:
    assert sits().opens(f"/staff/{path}").status_code == 404


def test_an_idle_session_ends_and_its_page_gets_no_ticket(inside: Visitor) -> None:
    assert inside.asks_for_ticket().status_code == 200
    session = session_of(inside)
    left = session["until"] - datetime.now(UTC).timestamp()
    assert 0 < left <= settings.SIGN_IN.staff_idle_minutes * 60
    # Half an hour later.
    Session.objects.filter(pk=session.session_key).update(expire_date=datetime.now(UTC) - timedelta(seconds=1))
    assert inside.asks_for_ticket().status_code == 401
    assert inside.opens("/console").url.path == "/staff/sign-in"
    # The hourly round forgets it.
    assert sessions.forget_old() >= 1
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_only_a_person_keeps_a_session_alive_and_not_for_ever(inside: Visitor) -> None:
    before = session_of(inside)["until"]
    assert inside.asks_for_ticket().status_code == 200
    assert inside.opens("/console/queue").status_code == 200
    assert session_of(inside)["until"] == before
    token = inside.http.cookies["csrftoken"]
    headers = {"X-CSRFToken": token, "Origin": str(inside.http.base_url).rstrip("/")}
    assert inside.http.post("/staff/here", headers=headers).status_code == 204
    session = session_of(inside)
    assert session["until"] > before
    # A working day later even a busy session ends.
    session["since"] -= settings.SIGN_IN.staff_session_hours * 3600
    session.save()
    inside.http.post("/staff/here", headers=headers)
    assert inside.asks_for_ticket().status_code == 401


def test_a_ticket_s_right_ends_with_the_session_at_the_latest(inside: Visitor) -> None:
    session = session_of(inside)
    session["until"] = datetime.now(UTC).timestamp() + 90
    session.save()
    ticket = inside.asks_for_ticket().json()["ticket"]
    assert int(ticket.rpartition(".")[2]) <= session["until"]


def test_an_account_that_is_closed_is_out_at_once(inside: Visitor, sits: Sits, mia: str) -> None:
    assert inside.asks_for_ticket().status_code == 200
    accounts.remove(mia)
    assert inside.asks_for_ticket().status_code == 401
    assert inside.opens("/console").url.path == "/staff/sign-in"
    assert sits().signs_in(mia).url.path == "/staff/closed"


def test_a_new_password_ends_the_sessions_of_the_old_one(inside: Visitor, sits: Sits, mia: str) -> None:
    assert inside.asks_for_ticket().status_code == 200
    visitor = sits()
    visitor.opens(accounts.link(mia, forget_second_factor=True))
    visitor.sends(password1=f"{PASSWORD} no more", password2=f"{PASSWORD} no more")
    assert inside.asks_for_ticket().status_code == 401


def test_sessions_of_staff_are_ended_by_the_name_of_the_person(inside: Visitor, mia: str) -> None:
    assert sessions.end_all(mia) == 1
    assert sessions.end_all(mia) == 0
    assert inside.opens("/console").url.path == "/staff/sign-in"


def test_the_pages_have_a_strict_policy_and_speak_french(sits: Sits) -> None:
    visitor = sits()
    policy = visitor.page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "form-action 'self';" in policy
    french = visitor.http.get("/staff/sign-in", headers={"Accept-Language": "fr"}).text
    assert '<html lang="fr">' in french
    assert "Se connecter" in french


def test_secrets_of_second_factors_are_sealed(inside: Visitor, mia: str) -> None:
    from allauth.mfa.models import Authenticator

    kept = Authenticator.objects.get(user__username=mia, type="totp").data["secret"]
    assert inside.secret not in kept


def test_limits_are_read_when_a_session_is_prolonged(inside: Visitor) -> None:
    session = session_of(inside)
    with override_settings(SIGN_IN=StaffSignIn(staff_idle_minutes=1)):
        sessions.seen(session)
    assert session["until"] <= datetime.now(UTC).timestamp() + 60
