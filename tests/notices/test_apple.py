"""iPhones, by the HTTP/2 that Apple's servers ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from notices.push.apns import Apns
from notices.push.message import Gone, Push, Target
from tests.notices.apple import Apple, certify, open_apple
from tests.notices.test_push import pem

TOKEN = "ab" * 32
PUSH = Push("0123456789abcdef0123456789abcdef01234567", "order.started", "Sam has started: A logo", "thread-1")


@pytest.fixture
def apple(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Apple]:
    certificate, secret = certify(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with open_apple(certificate, secret) as apple:
        yield apple


@pytest.fixture
def sender(tmp_path: Path, apple: Apple) -> Iterator[Apns]:
    key = tmp_path / "apns.p8"
    key.write_text(pem(ec.generate_private_key(ec.SECP256R1())))
    sender = Apns(str(key), "KEY1", "TEAM1", "example.shop", apple.url)
    yield sender
    sender.close()


def test_two_pushes_go_over_one_line_of_http_2(apple: Apple, sender: Apns) -> None:
    sender.send(Target(TOKEN, {}), PUSH)
    sender.send(Target(TOKEN, {}), PUSH)
    assert apple.protocols == {"h2"}
    first, second = apple.received
    assert first[0][":path"] == f"/3/device/{TOKEN}"
    assert (first[0]["apns-topic"], first[0]["apns-push-type"]) == ("example.shop", "alert")
    assert first[1]["aps"]["alert"] == {"title": "Sam has started: A logo"}
    assert first[0]["apns-id"] == second[0]["apns-id"]


def test_a_device_that_apple_calls_gone_is_gone(apple: Apple, sender: Apns) -> None:
    apple.answer = 410, {"reason": "Unregistered"}
    with pytest.raises(Gone):
        sender.send(Target(TOKEN, {}), PUSH)
    assert len(apple.received) == 1
