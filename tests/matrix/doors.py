"""The two doors, as plain as can be: many commands of one person at once, each answered `ok` or with a code."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any, Protocol

import httpx2
from websockets.sync.client import ClientConnection, connect

from tests.api.market import bearer
from tests.consumers.person import SUBPROTOCOL
from tests.market import Said
from tests.services.server import Server

# As many as a socket has running at once; the rest would only wait.
TOGETHER = 16
PATIENCE_S = 20


class Door(Protocol):
    def ask(self, token: str, commands: list[Said]) -> list[str]:
        """What becomes of each: `ok`, or the code of its refusal."""


class Socket:
    """One connection for each person."""

    def __init__(self, server: Server, opened: ExitStack) -> None:
        self.url, self.opened = server.ws_url + "/ws/v1", opened
        self.lines: dict[str, ClientConnection] = {}

    def ask(self, token: str, commands: list[Said]) -> list[str]:
        line = self.lines.get(token) or self._open(token)
        found: dict[str, str] = {}
        for at in range(0, len(commands), TOGETHER):
            batch = commands[at : at + TOGETHER]
            for command in batch:
                line.send(json.dumps(command))
            while any(command["id"] not in found for command in batch):
                for frame in read(line):
                    if frame["type"] in ("ok", "error"):
                        found[frame["id"]] = frame.get("code", "ok")
        return [found[command["id"]] for command in commands]

    def _open(self, token: str) -> ClientConnection:
        connecting = connect(self.url, subprotocols=[SUBPROTOCOL], compression=None, ping_interval=None)
        line = self.lines[token] = self.opened.enter_context(connecting)
        line.send(json.dumps({"type": "hello", "token": token, "client": {"name": "tests", "version": "1"}}))
        while not any(frame["type"] == "welcome" for frame in read(line)):
            pass
        return line


def read(line: ClientConnection) -> list[Any]:
    """The objects of the next frame; pings are answered."""
    said = json.loads(line.recv(PATIENCE_S))
    frames = said if isinstance(said, list) else [said]
    for frame in frames:
        if frame["type"] == "ping":
            line.send(json.dumps({"type": "pong", "n": frame["n"]}))
    return frames


class Http:
    def __init__(self, server: Server, opened: ExitStack) -> None:
        self.client = opened.enter_context(httpx2.Client(base_url=server.url, timeout=PATIENCE_S))
        self.pool = opened.enter_context(ThreadPoolExecutor(4))

    def ask(self, token: str, commands: list[Said]) -> list[str]:
        return list(self.pool.map(lambda command: self._post(token, command), commands))

    def _post(self, token: str, command: Said) -> str:
        path = f"/api/v1/threads/{command['thread']}/commands"
        said = self.client.post(path, headers=bearer(token), json=command).json()
        return str(said.get("code", "ok"))


@contextmanager
def both(server: Server) -> Iterator[dict[str, Door]]:
    with ExitStack() as opened:
        yield {"socket": Socket(server, opened), "http": Http(server, opened)}
