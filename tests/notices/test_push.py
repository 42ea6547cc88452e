"""Notices on browsers and apps, by push services that speak the real ones' HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.conf import settings
from django.test import override_settings

from chat.refusals import Refused
from notices import delivery, devices
from notices.delivery import NotDelivered, deliver
from notices.forgetting import forget
from notices.push import browsers, vapid
from tests.market import Deal
from tests.notices.browser import PushBrowser, unb64
from tests.notices.conftest import Outbox
from tests.notices.pushservices import PushService, Received, open_push_service, open_strangers
from tests.notices.test_delivery import job, waiting

ENDLESS_BODY = b"HTTP/1.1 201 Created\r\nContent-Length: 999999999\r\n\r\n"
SEND = "/v1/projects/shop/messages:send"


def pem(key: Any) -> str:
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return str(key.private_bytes(*form).decode())


GOOGLE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
APPLE = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def service(tmp_path: Path) -> Iterator[PushService]:
    """All three services in one place, and this process set up to send there."""
    with open_push_service() as service:
        account = {"client_email": "shop@google.example", "private_key": pem(GOOGLE), "project_id": "shop"}
        (tmp_path / "fcm.json").write_text(json.dumps(account | {"token_uri": f"{service.url}/token"}))
        (tmp_path / "apns.p8").write_text(pem(APPLE))
        service.answers["/token"] = (200, {"access_token": "ya29.test", "expires_in": 3600})
        told = {
            "push_allow_private": True, "fcm_credentials": str(tmp_path / "fcm.json"), "fcm_url": service.url,
            "apns_key": str(tmp_path / "apns.p8"), "apns_key_id": "KEY1", "apns_team": "TEAM1",
            "apns_topic": "example.shop", "apns_url": service.url, "max_devices_per_user": 3,
        }  # fmt: skip
        devices.close_senders()
        with override_settings(CHANNELS=settings.CHANNELS.model_copy(update=told)):
            yield service
            devices.close_senders()


def kim_s_browser(deal: Deal, service: PushService, path: str = "/kim") -> PushBrowser:
    browser = PushBrowser()
    devices.subscribe(deal.kim.user, "web", f"{service.url}{path}", browser.keys)
    return browser


def test_kim_s_browser_reads_what_happened_and_no_message(deal: Deal, service: PushService, outbox: Outbox) -> None:
    browser = kim_s_browser(deal, service)
    deal.sam.does("message.send", text="my number is +33 6 12 34 56 78")
    deliver(waiting(deal.kim))
    (push,) = service.received
    assert json.loads(browser.reads(push.body)) == {
        "kind": "messages.waiting",
        "title": "New messages while you were away",
        "thread": deal.thread,
    }
    assert push.headers["Content-Encoding"] == "aes128gcm"
    assert int(push.headers["TTL"]) > 0
    assert push.headers["Host"] == service.url.removeprefix("http://")
    assert deal.kim.user not in str(push.headers)


def test_the_push_service_knows_this_server_by_its_signature(deal: Deal, service: PushService) -> None:
    kim_s_browser(deal, service)
    deliver(job(deal.kim, "order.started"))
    (push,) = service.received
    scheme, _, said = push.headers["Authorization"].partition(" ")
    named = dict(part.strip().split("=", 1) for part in said.split(","))
    assert scheme == "vapid"
    assert named["k"] == vapid.public_key()
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(named["k"]))
    claims = jwt.decode(named["t"], key, ["ES256"], audience=service.url, options={"require": ["exp", "aud", "sub"]})
    assert claims["sub"].startswith(("mailto:", "https://"))


def test_a_browser_that_is_gone_is_forgotten_and_the_letter_still_comes(
    deal: Deal, service: PushService, outbox: Outbox
) -> None:
    for path, status in (("/gone", 410), ("/unknown", 404), ("/here", 201)):
        kim_s_browser(deal, service, path)
        service.answers[path] = (status, {})
    deliver(job(deal.kim, "order.started"))
    assert len(service.received) == 3
    deliver(job(deal.kim, "order.started"))
    assert [push.path for push in service.received[3:]] == ["/here"]
    assert len(outbox) == 2


def test_a_push_service_that_is_busy_is_asked_again_and_nothing_else_is_sent_twice(
    deal: Deal, service: PushService, outbox: Outbox
) -> None:
    kim_s_browser(deal, service, "/busy")
    kim_s_browser(deal, service, "/well")
    service.answers["/busy"] = (503, {})
    told = job(deal.kim, "order.started")
    with pytest.raises(NotDelivered):
        deliver(told)
    del service.answers["/busy"]
    deliver(told)
    deliver(told)
    assert (len(service.at("/busy")), len(service.at("/well")), len(outbox)) == (2, 1, 1)
    first, second = service.at("/busy")
    assert first.headers["Topic"] == second.headers["Topic"]


def test_a_broken_key_of_one_way_does_not_keep_the_others(
    deal: Deal, service: PushService, outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    kim_s_browser(deal, service)
    devices.subscribe(deal.kim.user, "fcm", "token-of-kim", {})
    service.answers["/token"] = (200, {"nothing": "that is a token"})
    told = job(deal.kim, "order.started")
    with pytest.raises(NotDelivered, match="KeyError"):
        deliver(told)
    assert "KeyError" in caplog.text
    assert (len(outbox), len(service.at("/kim"))) == (1, 1)
    service.answers["/token"] = (200, {"access_token": "ya29.test", "expires_in": 3600})
    deliver(told)
    assert (len(outbox), len(service.at("/kim")), len(service.at(SEND))) == (1, 1, 1)


def test_what_has_no_time_left_waits_for_the_next_attempt(
    deal: Deal, service: PushService, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    kim_s_browser(deal, service)
    told = job(deal.kim, "order.started")
    with monkeypatch.context() as slow:
        slow.setattr(delivery, "PATIENCE_S", -1)
        with pytest.raises(NotDelivered, match="no time left"):
            deliver(told)
    assert (len(outbox), len(service.received)) == (0, 0)
    deliver(told)
    assert (len(outbox), len(service.received)) == (1, 1)


def test_a_stranger_who_answers_without_end_holds_nobody_up(
    deal: Deal, service: PushService, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsers, "TIMEOUT_S", 0.5)
    with open_strangers(b"HTTP/1.1 201 Created\r\nX-Endless: ") as head, open_strangers(ENDLESS_BODY) as body:
        slow = devices.subscribe(deal.kim.user, "web", f"{head.url}/x", PushBrowser().keys)
        devices.subscribe(deal.kim.user, "web", f"{body.url}/x", PushBrowser().keys)
        told = job(deal.kim, "order.started")
        with pytest.raises(NotDelivered, match=f"^{slow.id}: TimeoutError$"):
            deliver(told)
    assert len(outbox) == 1


def test_a_redirection_is_not_followed(deal: Deal, service: PushService) -> None:
    kim_s_browser(deal, service, "/moved")
    service.answers["/moved"] = (307, {})
    with pytest.raises(NotDelivered):
        deliver(job(deal.kim, "order.started"))
    assert [push.path for push in service.received] == ["/moved"]


def test_an_address_of_our_own_network_is_never_asked(deal: Deal, service: PushService) -> None:
    kim_s_browser(deal, service)
    with override_settings(CHANNELS=settings.CHANNELS.model_copy(update={"push_allow_private": False})):
        deliver(job(deal.kim, "order.started"))
    assert service.received == []
    assert devices.of(deal.kim.user) == []
    kim_s_browser(deal, service)
    deliver(job(deal.kim, "order.started"))
    assert len(service.received) == 1


def test_a_device_gets_the_notices_of_whoever_signed_in_last(deal: Deal, service: PushService) -> None:
    first = kim_s_browser(deal, service)
    again = devices.subscribe(deal.kim.user, "web", f"{service.url}/kim", first.keys)
    assert [device.id for device in devices.of(deal.kim.user)] == [again.id]
    devices.subscribe(deal.sam.user, "web", f"{service.url}/kim", first.keys)
    deliver(job(deal.kim, "order.started"))
    assert service.received == []
    deliver(job(deal.sam, "order.closed"))
    assert len(service.received) == 1


def test_the_oldest_of_too_many_devices_ends(deal: Deal, service: PushService) -> None:
    kept = [kim_s_browser(deal, service, f"/{number}") for number in range(5)]
    assert len(kept) == 5
    deliver(job(deal.kim, "order.started"))
    assert sorted(push.path for push in service.received) == ["/2", "/3", "/4"]
    forget(deal.kim.user)
    assert devices.of(deal.kim.user) == []


def test_the_suspended_get_no_push(deal: Deal, service: PushService) -> None:
    from chat import people

    kim_s_browser(deal, service)
    people.suspend(deal.kim.user, "a test")
    deliver(job(deal.kim, "order.started"))
    assert service.received == []
    people.reinstate(deal.kim.user, "a test")
    deliver(job(deal.kim, "order.started"))
    assert len(service.received) == 1


def test_an_android_app_is_reached_through_fcm(deal: Deal, service: PushService) -> None:
    devices.subscribe(deal.kim.user, "fcm", "token-of-kim", {})
    deliver(job(deal.kim, "order.started"))
    deliver(job(deal.kim, "order.started"))
    # One access token does for both.
    (asked,) = service.at("/token")
    form = parse_qs(asked.body.decode())
    assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    claims = jwt.decode(form["assertion"][0], GOOGLE.public_key(), ["RS256"], audience=f"{service.url}/token")
    assert claims["iss"] == "shop@google.example"
    assert claims["scope"].endswith("firebase.messaging")
    push = service.at(SEND)[0]
    assert push.headers["Authorization"] == "Bearer ya29.test"
    message = push.json()["message"]
    assert message["token"] == "token-of-kim"
    assert message["notification"] == {"title": "Sam has started: A logo"}
    assert message["data"] == {"kind": "order.started", "title": "Sam has started: A logo", "thread": deal.thread}


def test_an_android_app_that_was_removed_is_forgotten_but_not_for_a_wrong_project(
    deal: Deal, service: PushService
) -> None:
    devices.subscribe(deal.kim.user, "fcm", "token-of-kim", {})
    service.answers[SEND] = (404, {"error": {"status": "NOT_FOUND"}})
    with pytest.raises(NotDelivered):
        deliver(job(deal.kim, "order.started"))
    assert len(devices.of(deal.kim.user)) == 1
    service.answers[SEND] = (404, {"error": {"status": "NOT_FOUND", "details": [{"errorCode": "UNREGISTERED"}]}})
    deliver(job(deal.kim, "order.started"))
    assert devices.of(deal.kim.user) == []


def apple(service: PushService, token: str) -> list[Received]:
    return service.at(f"/3/device/{token}")


def test_an_iphone_is_reached_through_apns(deal: Deal, service: PushService) -> None:
    token = "ab" * 32
    devices.subscribe(deal.kim.user, "apns", token, {})
    service.answers[f"/3/device/{token}"] = (503, {"reason": "ServiceUnavailable"})
    told = job(deal.kim, "order.started")
    with pytest.raises(NotDelivered):
        deliver(told)
    del service.answers[f"/3/device/{token}"]
    deliver(told)
    first, second = apple(service, token)
    assert first.headers["apns-id"] == second.headers["apns-id"]
    assert first.headers["authorization"] == second.headers["authorization"]
    bearer = first.headers["authorization"].removeprefix("bearer ")
    assert jwt.get_unverified_header(bearer)["kid"] == "KEY1"
    assert jwt.decode(bearer, APPLE.public_key(), ["ES256"])["iss"] == "TEAM1"
    assert first.headers["apns-topic"] == "example.shop"
    assert first.headers["apns-push-type"] == "alert"
    assert first.json() == {
        "aps": {"alert": {"title": "Sam has started: A logo"}, "sound": "default", "thread-id": deal.thread},
        "kind": "order.started",
        "title": "Sam has started: A logo",
        "thread": deal.thread,
    }


@pytest.mark.parametrize("answer", [(410, {"reason": "Unregistered"}), (400, {"reason": "BadDeviceToken"})])
def test_an_iphone_that_is_gone_is_forgotten(deal: Deal, service: PushService, answer: tuple[int, Any]) -> None:
    token = "cd" * 32
    devices.subscribe(deal.kim.user, "apns", token, {})
    service.answers[f"/3/device/{token}"] = answer
    deliver(job(deal.kim, "order.started"))
    assert len(apple(service, token)) == 1
    assert devices.of(deal.kim.user) == []


def test_a_server_without_an_account_takes_no_apps(deal: Deal) -> None:
    devices.close_senders()
    for kind in ("fcm", "apns"):
        with pytest.raises(Refused) as caught:
            devices.subscribe(deal.kim.user, kind, "x", {})
        assert (caught.value.code, caught.value.field) == ("bad_request", "kind")
