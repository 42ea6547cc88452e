"""The short way between a socket and its consumer: whole text frames in, text frames out, with nothing in between.

Autobahn, the ASGI queue and the reactor's write list cost more than all that a message means. Only what is beyond doubt
goes this way: a whole, final, masked text frame on an open connection. All else (handshake, fragments, control frames,
whatever is against RFC 6455) is left to autobahn, byte for byte.
"""

import asyncio
import logging
from collections.abc import Callable
from struct import Struct
from typing import Any

from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol

from consumers.socket import DIRECT

logger = logging.getLogger(__name__)

# RFC 6455, 5.2: FIN and the opcode of a text frame; the mask bit; lengths that announce a longer length.
FINAL_TEXT = 0x81
MASKED = 0x80
TWO_BYTES, EIGHT_BYTES = 126, 127
# So long a client that reads slowly has to find the `bye` before the line is cut: a cut throws away what was not read.
FAREWELL_S = 5
SHORT, MEDIUM, LONG = Struct("!BB"), Struct("!BBH"), Struct("!BBQ")


class DirectProtocol(WebSocketProtocol):  # type: ignore[misc]
    """`feed` takes a frame's text, once the consumer has opened the short way."""

    feed: Callable[[str], None] | None = None

    def open(self, feed: Callable[[str], None]) -> None:
        """Feed frames from now on; the handshake is over, and nobody reads again what it brought."""
        self.feed = feed
        self.request.headers = self.http_headers = dict[str, str]()
        self.http_request_data = b""
        self.clean_headers.clear()
        # Twisted goes on keeping the reader; only what is called when there is something to read is ours.
        asyncio.get_running_loop().add_reader(self.transport.fileno(), self._readable)

    def shut(self) -> None:
        self.feed = None

    def _readable(self) -> None:
        try:
            data = self.transport.socket.recv(self.transport.bufferSize)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            # Ended or lost: Twisted finds it as we did, and knows what follows from it.
            self.transport.reactor._readOrWrite(self.transport, True)
            return
        try:
            self.dataReceived(data)
        except Exception:
            logger.exception("a socket's input could not be taken")
            self.transport.abortConnection()

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - the name is Twisted's
        """Twisted's: bytes from the network."""
        if self.feed is not None and not self.data and self.current_frame is None and not self.inside_message:
            data = self._take(data)
        if data:
            self._dataReceived(data)

    def _take(self, data: bytes) -> bytes:
        """Feed the whole frames at the beginning; returns the rest."""
        begin, end = 0, len(data)
        while self.state == self.STATE_OPEN and end - begin >= 6 and data[begin] == FINAL_TEXT:
            size, head = data[begin + 1] ^ MASKED, begin + 2
            if size == TWO_BYTES:
                size, head = int.from_bytes(data[head : head + 2], "big"), head + 2
                if size < TWO_BYTES:
                    break
            elif size > TWO_BYTES:
                # Longer than any frame of ours, or not masked.
                break
            first = head + 4
            if first + size > end:
                break
            try:
                text = unmasked(data[head:first], data[first : first + size]).decode()
            except UnicodeDecodeError:
                break
            begin = first + size
            if not self.muted and self.feed is not None:
                self.feed(text)
        return data[begin:] if begin else data

    def say(self, text: str) -> None:
        """Send one text frame, at once where nothing waits to be sent."""
        if self.state != self.STATE_OPEN:
            return
        payload = text.encode()
        size = len(payload)
        if size < TWO_BYTES:
            frame = SHORT.pack(FINAL_TEXT, size) + payload
        elif size < 1 << 16:
            frame = MEDIUM.pack(FINAL_TEXT, TWO_BYTES, size) + payload
        else:
            frame = LONG.pack(FINAL_TEXT, EIGHT_BYTES, size) + payload
        transport = self.transport
        if transport.connected and not transport.dataBuffer and not transport._tempDataLen:
            try:
                sent = transport.socket.send(frame)
            except OSError:
                # Full, or lost: the reactor finds out which.
                sent = 0
            frame = frame[sent:]
        if frame:
            transport.write(frame)


def unmasked(mask: bytes, payload: bytes) -> bytes:
    """RFC 6455, 5.3, as one number instead of byte by byte."""
    size = len(payload)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "little") ^ int.from_bytes(key, "little")).to_bytes(size, "little")


class DirectServer(Server):  # type: ignore[misc]
    """Daphne, whose sockets offer the short way in their scope."""

    def short_cut(self) -> None:
        """Have it from now on; to be called when the server is ready, before anybody is answered."""
        self.ws_factory.protocol = DirectProtocol
        self.ws_factory.closeHandshakeTimeout = FAREWELL_S

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if isinstance(protocol, DirectProtocol):
            scope.setdefault("extensions", {})[DIRECT] = protocol
        return super().create_application(protocol, scope)
