"""Somebody of staff at a browser without scripts: pages, forms, and the six digits of an app. Shares no code with it."""

import base64
import hashlib
import hmac
import re
import struct
import time
from html import unescape
from typing import Any

import httpx2

PASSWORD = "the awning is dark red"


class Visitor:
    """Holds one browser's cookies; follows redirects, and says where it arrived."""

    def __init__(self, base: str) -> None:
        self.http = httpx2.Client(base_url=base, timeout=30, follow_redirects=True)
        self.page = self.http.get("/staff/sign-in")
        self.secret = ""

    @property
    def path(self) -> str:
        return self.page.url.path

    def opens(self, path: str) -> httpx2.Response:
        self.page = self.http.get(path)
        return self.page

    def sends(self, path: str = "", **fields: Any) -> httpx2.Response:
        """Fill in the form of the page that is open, and send it there, or to where that form leads."""
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page.text)
        where = self.page.url.join(path or self.path)
        headers = {"Origin": f"{where.scheme}://{where.netloc.decode()}"}
        self.page = self.http.post(where, data={"csrfmiddlewaretoken": token[0], **fields}, headers=headers)
        return self.page

    def is_welcomed(self, link: str) -> None:
        """Follow the link that an operator gave, and choose a password."""
        self.opens(link)
        self.sends(password1=PASSWORD, password2=PASSWORD)

    def signs_in(self, user: str, password: str = PASSWORD) -> httpx2.Response:
        self.opens("/staff/sign-in")
        return self.sends(login=user, password=password)

    def sets_up_app(self) -> None:
        if self.opens("/staff/second/app").url.path == "/staff/again":
            self.sends(password=PASSWORD)
            self.opens("/staff/second/app")
        self.secret = unescape(re.findall(r'id="authenticator_secret"[^>]*value="(\w+)"', self.page.text)[0])
        self.sends(code=self.code())

    def code(self, steps: int = 0) -> str:
        """What the app shows, `steps` half minutes from now (RFC 6238)."""
        key = base64.b32decode(self.secret + "=" * (-len(self.secret) % 8))
        mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
        at = mac[-1] & 15
        return f"{(struct.unpack('>I', mac[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"

    def asks_for_ticket(self) -> httpx2.Response:
        base = str(self.http.base_url).rstrip("/")
        token = self.http.cookies.get("csrftoken") or ""
        return self.http.post("/api/v1/tickets", headers={"Origin": base, "X-CSRFToken": token})
