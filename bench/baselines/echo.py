"""The least that Daphne can do: every text frame goes back as it came, in a raw ASGI callable.

Must never import Django or Channels: it shows what a frame in and a frame out cost before anything is done.
"""

from collections.abc import Awaitable, Callable
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """An ASGI application for sockets only."""
    if scope["type"] != "websocket":
        return
    while True:
        message = await receive()
        match message["type"]:
            case "websocket.receive":
                await send({"type": "websocket.send", "text": message["text"]})
            case "websocket.connect":
                await send({"type": "websocket.accept"})
            case "websocket.disconnect":
                return
