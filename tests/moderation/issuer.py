"""Another house that signs staff in: as much of OpenID Connect as its protocol asks for, and whom it vouches for."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "order-threads", "a secret that only the two houses know, and long"


class Issuer:
    """Signs in whoever `person` is, without a question; `token_requests` are the codes that were handed in."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.person: dict[str, Any] = {}
        self.token_requests: list[dict[str, str]] = []
        self.nonce = ""

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def tokens(self, asked: dict[str, str]) -> dict[str, Any]:
        self.token_requests.append(asked)
        now = int(time.time())
        claims = {**self.person, "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": self.nonce}
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": jwt.encode(claims, SECRET)}


def handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/authorize":
                issuer.nonce = asked.get("nonce", "")
                self.send_response(302)
                back = urlencode({"code": "a code", "state": asked["state"]})
                self.send_header("Location", f"{asked['redirect_uri']}?{back}")
                self.end_headers()
            else:
                self.say(issuer.person if parts.path == "/userinfo" else issuer.discovery())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.say(issuer.tokens({name: values[0] for name, values in parse_qs(body).items()}))

        def say(self, what: dict[str, Any]) -> None:
            body = json.dumps(what).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing on the tests' own output."""

    return Handler


@contextmanager
def issuing() -> Iterator[Issuer]:
    issuer = Issuer("")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler(issuer)) as server:
        issuer.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield issuer
        server.shutdown()
