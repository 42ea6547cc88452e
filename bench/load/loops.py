"""The ways to load a server: keep messages in flight, send at a rate, connect again and again, catch up likewise.

Must never wait for one message before it sends another that is due: what an open loop measures is the waiting.
"""

import asyncio
import time

from bench.load.board import Board
from bench.load.client import Client, connect
from bench.load.speech import Speech
from bench.load.work import Window, Work

# Sockets of one process that connect, or catch up, at the same time.
AT_ONCE = 8
PATIENCE_S = 30.0
LOOK_S = 0.02


async def pump(work: Work, clients: list[Client], board: Board[Client], window: Window) -> None:
    """Messages until the window ends: each sender keeps its number in flight, or all together keep the rate."""
    senders = clients[: work.senders or None]
    await asyncio.sleep(window.begin - time.monotonic())
    if work.rate:
        await _at_rate(work, senders, window)
    else:
        await _in_flight(work, senders, board, window)
    for _ in range(round(PATIENCE_S / LOOK_S)):
        if len(board):
            await asyncio.sleep(LOOK_S)
    # What has not come by now is lost.
    board.give_up(0)


async def _in_flight(work: Work, senders: list[Client], board: Board[Client], window: Window) -> None:
    def again(author: Client) -> None:
        now = time.monotonic()
        if now < window.end:
            author.send(now)

    for client in senders:
        for _ in range(work.in_flight):
            client.send(time.monotonic())
    board.done = again
    while (left := window.end - time.monotonic()) > 0:
        await asyncio.sleep(min(0.5, left))
        board.give_up()
    board.done = None


async def _at_rate(work: Work, senders: list[Client], window: Window) -> None:
    """Evenly spaced; the processes take turns. A late message keeps the instant at which it was meant to leave."""
    number = 0
    while True:
        meant = window.begin + (number + work.tag / work.processes) / work.rate
        if meant >= window.end:
            return
        wait = meant - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        senders[number % len(senders)].send(meant)
        number += 1
        if number % 16 == 0 and wait <= 0:
            # Behind the plan: what has come in must still be read.
            await asyncio.sleep(0)


async def knock(work: Work, speech: Speech, board: Board[Client], window: Window) -> None:
    """Connect, be ready, leave, from the next seat on, until the window ends."""
    seats = iter(work.seats * 100_000)

    async def one() -> None:
        while (begun := time.monotonic()) < window.end:
            seat = next(seats)
            client = await connect(speech, seat, board, work.port, len(seat.threads))
            _count(board, window, begun)
            await client.leave()

    await asyncio.sleep(window.begin - time.monotonic())
    await asyncio.gather(*(one() for _ in range(AT_ONCE)))


async def fetch(clients: list[Client], board: Board[Client], window: Window) -> None:
    """Each socket fetches what it missed, over and over. `delivered` counts the entries that came."""

    async def one(client: Client) -> None:
        while (begun := time.monotonic()) < window.end:
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            client.take = lambda payload, client=client, done=done: _fetched(client, payload, done)  # type: ignore[misc]
            for frame in client.speech.fetch(client.seat):
                client.say(frame)
            board.report.sent += 1
            async with asyncio.timeout(20):
                await done
            _count(board, window, begun)

    await asyncio.sleep(window.begin - time.monotonic())
    await asyncio.gather(*(one(client) for client in clients[:AT_ONCE]))


def _fetched(client: Client, payload: bytes, done: asyncio.Future[None]) -> None:
    client.reply(payload)
    client.board.report.delivered += payload.count(client.speech.entry)
    if client.speech.fetched.search(payload) and not done.done():
        done.set_result(None)


def _count(board: Board[Client], window: Window, begun: float) -> None:
    now = time.monotonic()
    if window.count_from <= now < window.end:
        board.report.done += 1
        board.report.latencies.append(now - begun)
