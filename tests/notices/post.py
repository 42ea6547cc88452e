"""A mail server of the tests (RFC 5321): takes letters one by one, or answers as it is told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class Post(socketserver.ThreadingTCPServer):
    """`refusals`: what is answered instead of 250, by the verb, each once."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        super().__init__(("127.0.0.1", 0), Visit)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Visit(socketserver.StreamRequestHandler):
    server: Post

    def says(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.says("220 the tests")
        for line in self.rfile:
            verb = line[:4].decode().strip().upper()
            refusal = self.server.refusals.pop(verb, "")
            if verb == "DATA" and not refusal:
                self.says("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                letter: Any = message_from_bytes(text, policy=policy.default)
                self.server.letters.append(letter)
            self.says(refusal or ("221 bye" if verb == "QUIT" else "250 well"))
            if verb == "QUIT":
                return


@contextmanager
def open_post() -> Iterator[Post]:
    with Post() as post:
        threading.Thread(target=post.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield post
        finally:
            post.shutdown()
