"""Fakes that speak the HTTP of a browser's push service, of FCM and of APNs, on this machine."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Received:
    path: str
    headers: Message
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class PushService(ThreadingHTTPServer):
    """Keeps what it is sent; `answers` says what some paths get instead of the usual, as (status, JSON)."""

    daemon_threads = True

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: dict[str, tuple[int, Any]] = {}
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}"

    def at(self, path: str) -> list[Received]:
        return [each for each in self.received if each.path == path]


class Endless(socketserver.BaseRequestHandler):
    """A stranger who answers so slowly, and so much, that one would wait for ever."""

    server: "Strangers"

    def handle(self) -> None:
        self.request.sendall(self.server.begins)
        with suppress(OSError):
            while not self.server.ended.wait(0.05):
                self.request.sendall(b"x")


class Strangers(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, begins: bytes) -> None:
        self.begins = begins
        self.ended = threading.Event()
        super().__init__(("127.0.0.1", 0), Endless)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: PushService
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(Received(self.path, self.headers, body))
        status, said = self.server.answers.get(self.path, (201, {}))
        text = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


@contextmanager
def open_strangers(begins: bytes) -> Iterator[Strangers]:
    with Strangers(begins) as strangers:
        threading.Thread(target=strangers.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield strangers
        finally:
            strangers.ended.set()
            strangers.shutdown()


@contextmanager
def open_push_service() -> Iterator[PushService]:
    with PushService() as service:
        threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield service
        finally:
            service.shutdown()
