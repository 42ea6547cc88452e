"""The Channels consumer: a shell around a Connection, without a rule, a query or a database (design.md §4).

Channels would create a task for every frame and hop to a thread for every event; here frames go straight from
Daphne's queue into the session and back.
"""

import logging
from typing import Any

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from consumers import closing, draining
from consumers.connection import Connection
from consumers.doorstep import SUBPROTOCOL, doorstep, may_enter, origin_of
from consumers.session import Phase

logger = logging.getLogger(__name__)

# Where a server offers frames in and out without the ASGI queue: `open`, `say` and `shut` (serving/direct.py).
DIRECT = "order_threads.direct"


class Socket(AsyncWebsocketConsumer):
    """One socket. Everything before `hello` costs no database and no Redis."""

    connection: Connection | None = None
    knocking: str | None = None
    _asgi_send: Any
    _direct: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope = scope
        self._asgi_send = send
        self.base_send = send
        try:
            while True:
                await self.dispatch(await receive())
        except StopConsumer:
            pass
        finally:
            self._leave()

    async def dispatch(self, message: Any) -> None:
        match message["type"]:
            case "websocket.receive":
                self._receive(message.get("text"))
            case "websocket.connect":
                await self._connect()
            case "websocket.disconnect":
                raise StopConsumer

    async def _connect(self) -> None:
        if not may_enter(self.scope):
            await self.close()
            return
        client = self.scope.get("client") or ("",)
        await self.accept(SUBPROTOCOL)
        self._direct = (self.scope.get("extensions") or {}).get(DIRECT)
        say = self._send_now if self._direct is None else self._direct.say
        self.connection = Connection(say, self._close_now, origin_of(self.scope["headers"]))
        if self._direct is not None:
            # What came before waits in the queue, and is taken before this turn of the loop ends.
            self._direct.open(self._receive)
        if draining.is_leaving():
            self.connection.close(closing.DRAINING)
        elif doorstep.knock(client[0]):
            self.knocking = client[0]
        else:
            self.connection.close(closing.TOO_MANY_SOCKETS, "too many sockets without hello")

    def _receive(self, text: str | None) -> None:
        connection = self.connection
        if connection is None:
            return
        connection.received(text)
        if self.knocking is not None and connection.session.phase is not Phase.GREETING:
            self._knocked()

    def _knocked(self) -> None:
        if self.knocking is not None:
            doorstep.leave(self.knocking)
            self.knocking = None

    def _leave(self) -> None:
        self._knocked()
        if self._direct is not None:
            self._direct.shut()
        if self.connection is not None:
            self.connection.gone()
            self.connection = None

    def _send_now(self, frame: str) -> None:
        at_once(self._asgi_send({"type": "websocket.send", "text": frame}))

    def _close_now(self, code: int) -> None:
        at_once(self._asgi_send({"type": "websocket.close", "code": code}))


def at_once(sending: Any) -> None:
    """Run a send to its end here and now: Daphne's never waits, and a task for each frame would cost more than it."""
    try:
        sending.send(None)
    except StopIteration:
        return
    except Exception as fault:
        # The peer is gone; the disconnect is on its way.
        logger.debug("a frame could not be sent: %s", fault)
        return
    sending.close()
    raise RuntimeError("this server's send waits, and this consumer is written for one that does not")
