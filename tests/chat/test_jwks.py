"""The host changes its keys while people are signed in: file and URL (protocol.md §3)."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from chat import jwks
from chat.jwks import KeySet


def document(*names: str) -> str:
    form = jwt.get_algorithm_by_name("EdDSA").to_jwk
    keys = [{**json.loads(form(ed25519.Ed25519PrivateKey.generate().public_key())), "kid": name} for name in names]
    return json.dumps({"keys": keys})


class Host:
    """A marketplace that publishes its keys, and counts who asks."""

    def __init__(self) -> None:
        self.text = document("old")
        self.status = 200
        self.asked = 0
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.asked += 1
                self.send_response(host.status)
                self.end_headers()
                self.wfile.write(host.text.encode())

            def log_message(self, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/jwks.json"


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    yield host
    host.server.shutdown()
    host.server.server_close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr("chat.jwks.time.monotonic", lambda: now[0])
    return now


def test_a_new_key_in_the_file_is_known_at_once_and_the_old_one_gone(tmp_path: Path) -> None:
    file = tmp_path / "jwks.json"
    file.write_text(document("old"))
    keys = KeySet(str(file))
    assert keys.find("old")
    file.write_text(document("new", "newer"))
    assert keys.find("new")
    assert keys.find("old") is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"keys": 7}', "{}", '{"keys": [7, null, {}]}'])
def test_a_broken_file_lets_nobody_in_and_stops_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "jwks.json"
    file.write_text(text)
    assert KeySet(str(file)).find("old") is None


def test_a_file_that_vanishes_leaves_the_keys_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "jwks.json"
    file.write_text(document("old"))
    keys = KeySet(str(file))
    assert keys.find("old")
    file.unlink()
    assert keys.find("old")


def test_strangers_with_unknown_kids_make_the_host_be_asked_once_in_30_seconds(host: Host, clock: list[float]) -> None:
    keys = KeySet(host.url)
    assert keys.find("old")
    for _ in range(50):
        assert keys.find("unheard of") is None
    assert host.asked == 1
    clock[0] += 30
    for _ in range(50):
        assert keys.find("unheard of") is None
    assert host.asked == 2


def test_a_key_that_the_host_made_is_known_after_30_seconds_and_a_dropped_one_gone_after_5_minutes(
    host: Host, clock: list[float]
) -> None:
    keys = KeySet(host.url)
    assert keys.find("old")
    host.text = document("old", "new")
    assert keys.find("new") is None
    clock[0] += 30
    assert keys.find("new")
    host.text = document("new")
    clock[0] += 299
    assert keys.find("old")
    clock[0] += 1
    assert keys.find("old") is None


def test_a_host_that_is_down_leaves_the_keys_as_they_were(host: Host, clock: list[float]) -> None:
    keys = KeySet(host.url)
    assert keys.find("old")
    host.status = 500
    clock[0] += 3600
    assert keys.find("old")
    assert host.asked == 2


def test_a_private_key_that_was_published_by_mistake_verifies_nothing() -> None:
    form = jwt.get_algorithm_by_name("EdDSA").to_jwk
    private = {**json.loads(form(ed25519.Ed25519PrivateKey.generate())), "kid": "leaked"}
    assert jwks.usable({"keys": [private]}) == {}
