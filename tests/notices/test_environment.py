"""What an operator may set for e-mail and push, and what refuses to start."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from notices.environment import Channels, checked, mail_settings, public_url, sender

EMPTY = str(Path(__file__).with_name("__init__.py"))


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://me:p%40ss@mail.example", 587, True, False),
        ("smtps://me:p%40ss@mail.example", 465, False, True),
        ("smtps://me:p%40ss@mail.example:2465/", 2465, False, True),
    ],
)
def test_a_mail_server_is_spoken_to_under_tls(url: str, port: int, starttls: bool, tls: bool) -> None:
    said = mail_settings(url, trying=False)
    assert said["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (said["EMAIL_HOST"], said["EMAIL_PORT"]) == ("mail.example", port)
    assert (said["EMAIL_HOST_USER"], said["EMAIL_HOST_PASSWORD"]) == ("me", "p@ss")
    assert (said["EMAIL_USE_TLS"], said["EMAIL_USE_SSL"]) == (starttls, tls)


def test_without_a_mail_server_the_demo_prints_letters_and_production_sends_none() -> None:
    assert "console" in mail_settings("", trying=True)["EMAIL_BACKEND"]
    assert "dummy" in mail_settings("", trying=False)["EMAIL_BACKEND"]
    assert "console" in mail_settings("console:", trying=False)["EMAIL_BACKEND"]


def test_a_relay_without_tls_is_taken_by_name_and_never_with_a_password() -> None:
    assert mail_settings("smtp+plain://relay", trying=False)["EMAIL_PORT"] == 25
    assert mail_settings("smtp+plain://me:secret@localhost", trying=False)["EMAIL_USE_TLS"] is False
    with pytest.raises(ImproperlyConfigured, match="password"):
        mail_settings("smtp+plain://me:secret@relay", trying=False)


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://h:port", "smtp://h/path", "smtp://h?tls=none"]
)
def test_an_email_url_that_is_not_understood_refuses_to_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        mail_settings(url, trying=False)


def test_a_sender_is_an_address_and_names_the_site() -> None:
    assert sender("The Shop <post@shop.example>", needed=True) == ("The Shop <post@shop.example>", "The Shop")
    assert sender("post@shop.example", needed=True)[1] == "Order Threads"
    for wrong in ("The Shop", "a@b\nBcc: c@d", "@shop.example", "post@"):
        with pytest.raises(ImproperlyConfigured, match="EMAIL_FROM"):
            sender(wrong, needed=False)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_FROM"):
        sender("", needed=True)


def test_links_in_letters_lead_to_https() -> None:
    assert (
        public_url("https://shop.example/threads/", 8000, needed=True, trying=False) == "https://shop.example/threads"
    )
    assert public_url("", 8001, needed=False, trying=False) == "http://localhost:8001"
    assert public_url("http://192.0.2.1:8000", 8000, needed=True, trying=True) == "http://192.0.2.1:8000"
    for wrong in ("http://shop.example", "shop.example", "ftp://shop.example", "https://a@shop.example", "https://x?y"):
        with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL"):
            public_url(wrong, 8000, needed=True, trying=False)
    with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL"):
        public_url("", 8000, needed=True, trying=False)


@pytest.mark.parametrize(
    ("named", "given"),
    [
        ("APNS_KEY", {"apns_key_id": "K"}),
        ("APNS_KEY", {"apns_key": "/nowhere", "apns_key_id": "K", "apns_team": "T", "apns_topic": "a.b"}),
        ("FCM_CREDENTIALS", {"fcm_credentials": "/nowhere"}),
        ("FCM_CREDENTIALS", {"fcm_credentials": __file__}),
        ("APNS_KEY", {"apns_key": EMPTY, "apns_key_id": "K", "apns_team": "T", "apns_topic": "a.b"}),
        ("VAPID_KEY", {"vapid_key": "short"}),
    ],
)
def test_push_settings_that_could_never_work_refuse_to_start(named: str, given: dict[str, Any]) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        checked(Channels(**given))
