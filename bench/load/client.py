"""One socket of the generator.

Must never do more per frame than find what counts in it.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from bench.load.board import Board
from bench.load.speech import Speech
from bench.names import Seat

TEXT = WSMsgType.TEXT
LARGEST = 16 * 1024 * 1024


class Client(WSListener):
    """`ready` is done once the server shows that the seat's threads are followed; `ended` when the socket is gone."""

    transport: WSTransport

    def __init__(self, speech: Speech, seat: Seat, board: "Board[Client]", threads: int) -> None:
        loop = asyncio.get_running_loop()
        self.speech = speech
        self.seat = seat
        self.board = board
        self.ready: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[None] = loop.create_future()
        # Those of this process on the same thread, the author included.
        self.signs = 1
        self.leaving = False
        self.take: Callable[[bytes], None] = self._opening
        self._missing = threads

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        opening = self.speech.opening(self.seat)
        if opening is None:
            self._is_ready()
        else:
            transport.send(TEXT, opening)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type is TEXT:
            self.take(frame.get_payload_as_bytes())
        elif frame.msg_type is WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code())
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if not self.leaving:
            self.board.report.faults.append(f"the socket of {self.seat.user} was closed")
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("closed before it was ready"))
        if not self.ended.done():
            self.ended.set_result(None)

    def send(self, meant: float) -> None:
        """Send the next message, which was meant to leave at that instant."""
        number = self.board.new(self, self.signs, meant)
        self.transport.send(TEXT, self.speech.message(self.seat, number))

    def say(self, frame: bytes) -> None:
        self.transport.send(TEXT, frame)

    async def leave(self) -> None:
        self.leaving = True
        self.transport.send_close()
        self.transport.disconnect()
        await self.ended

    def _is_ready(self) -> None:
        self.take = self._pumping
        if not self.ready.done():
            self.ready.set_result(None)

    def _opening(self, payload: bytes) -> None:
        self.reply(payload)
        self._missing -= self.speech.opened(payload)
        if self._missing <= 0:
            self._is_ready()

    def _pumping(self, payload: bytes) -> None:
        now = time.monotonic()
        speech, board = self.speech, self.board
        if board.window.count_from <= now < board.window.end:
            board.report.frames += 1
        for tag, number, acknowledged in speech.marks.findall(payload):
            if acknowledged:
                board.acknowledged(int(acknowledged, 16), now)
            else:
                board.seen(tag, number, self, speech.counts_own, now)
        self.reply(payload)

    def reply(self, payload: bytes) -> None:
        """Answer a ping, note a refusal."""
        pong = self.speech.answer(payload)
        if pong is not None:
            self.transport.send(TEXT, pong)
        if fault := self.speech.fault(payload):
            self.board.report.faults.append(fault)


async def connect(speech: Speech, seat: Seat, board: "Board[Client]", port: int, threads: int) -> Client:
    """A socket whose threads are followed. Raises OSError or picows' errors, and TimeoutError after 20 s."""
    made: Any = await ws_connect(
        lambda: Client(speech, seat, board, threads),
        f"ws://127.0.0.1:{port}{speech.path(seat)}",
        extra_headers=speech.headers(seat),
        websocket_handshake_timeout=20,
        max_frame_size=LARGEST,
    )
    client: Client = made[1]
    async with asyncio.timeout(20):
        await client.ready
    return client
