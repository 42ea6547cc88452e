"""The backend's keys: made, scoped, rotated, revoked; never kept as they are (protocol.md §3)."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from chat import identity, people, servicekeys
from chat.actors import Standing
from chat.models import ServiceKey
from chat.refusals import Refused
from tests.stack import SERVICE_KEY, Stack


@pytest.fixture(autouse=True)
def _database(stack: Stack) -> None:
    ServiceKey.objects.all().delete()


def manage(*words: str) -> str:
    out = StringIO()
    call_command("servicekey", *words, stdout=out)
    return out.getvalue().strip()


def refusal(key: str, scope: servicekeys.Scope = "users") -> str:
    with pytest.raises(Refused) as refused:
        identity.by_service_key(key, scope)
    return refused.value.code


def test_the_bootstrap_key_is_the_host() -> None:
    assert identity.by_service_key(SERVICE_KEY, "clock").standing is Standing.HOST


@pytest.mark.parametrize("key", ["", "sk_", SERVICE_KEY[:-1], SERVICE_KEY + "0", SERVICE_KEY.upper(), "\ud800", "é"])
def test_what_only_resembles_a_key_is_none(key: str) -> None:
    assert refusal(key) == "unauthenticated"


def test_without_a_bootstrap_key_an_empty_key_is_still_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENV", settings.ENV.model_copy(update={"service_key": ""}))
    assert refusal("") == "unauthenticated"


def test_a_key_is_rotated_without_a_gap() -> None:
    old = manage("create", "backend")
    new = manage("create", "backend, next")
    for key in (old, new):
        assert key.startswith("sk_")
        assert identity.by_service_key(key, "orders") == identity.HOST
    listed = manage("list").splitlines()
    assert len(listed) == 2
    assert not any(key in line for key in (old, new) for line in listed)
    manage("revoke", listed[0].split()[0])
    assert refusal(old) == "unauthenticated"
    assert identity.by_service_key(new, "orders") == identity.HOST
    assert "revoked" in manage("list").splitlines()[0]


def test_a_key_does_what_its_scopes_say() -> None:
    key = manage("create", "catalogue", "--scope", "orders", "--scope", "users")
    assert identity.by_service_key(key, "orders") == identity.HOST
    assert identity.by_service_key(key, "users") == identity.HOST
    assert refusal(key, "clock") == "wrong_role"


def test_a_revoke_must_name_one_key() -> None:
    manage("create", "backend")
    for digest in ("", "0", "no such key", "%%%%%%%%"):
        with pytest.raises(CommandError):
            manage("revoke", digest)
    assert "valid" in manage("list")


def test_the_database_holds_no_key() -> None:
    key = manage("create", "backend")
    assert key not in str(ServiceKey.objects.values_list().get())


def test_mia_s_stored_role_is_in_her_token_and_kim_is_suspended_at_every_door(stack: Stack) -> None:
    people.put("key-mia", name="Mia", email="mia@example.com", locale="", role="moderator")
    token, expires_in = identity.issue_token("key-mia", 60)
    assert expires_in == 60
    credential = identity.by_token(token)
    assert (credential.actor.standing, credential.actor.name) == (Standing.MODERATOR, "Mia")
    people.suspend("key-mia", "a test")
    with pytest.raises(Refused, match="suspended"):
        identity.by_token(token)
    with pytest.raises(Refused, match="suspended"):
        identity.by_session("key-mia")
    assert identity.by_token(token, suspended_too=True).suspended
    people.reinstate("key-mia", "a test")
    assert identity.by_session("key-mia").actor.standing is Standing.MODERATOR


def test_nobody_has_no_token_and_no_session(stack: Stack) -> None:
    with pytest.raises(Refused, match="not_found"):
        identity.issue_token("nobody-at-all")
    with pytest.raises(Refused, match="unauthenticated"):
        identity.by_session("nobody-at-all")
