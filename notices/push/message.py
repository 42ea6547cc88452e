"""What is pushed, where to, and what a push service may say about it. Pure: must never import Django."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

DAY_S = 86400


@dataclass(frozen=True, slots=True)
class Push:
    """`key` is the same in every attempt; `kind` a notice; `title` one line in the person's language."""

    key: str
    kind: str
    title: str
    thread: str

    def said(self) -> dict[str, str]:
        return {"kind": self.kind, "title": self.title, "thread": self.thread}

    def encoded(self) -> bytes:
        return json.dumps(self.said(), ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Target:
    """One browser or app: its endpoint or token, and a browser's keys (p256dh, auth; base64url)."""

    address: str
    keys: Mapping[str, str]


class Gone(Exception):
    """The browser or app is no longer there: its subscription is to be removed."""


class Sender(Protocol):
    """A push service. `send` raises Gone, or httpx2.HTTPError where a further attempt may do better."""

    def send(self, target: Target, push: Push) -> None: ...

    def close(self) -> None:
        """End the connections that are kept open between pushes."""
