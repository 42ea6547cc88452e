"""One process of the generator: takes a Work, says when it is ready, does it within the Window, reports.

Must never start before it is told the window, nor send after its end.
"""

import asyncio
import gc
import selectors
import time
import traceback
from collections import Counter
from collections.abc import Coroutine
from multiprocessing.connection import Connection

from bench.load.board import Board
from bench.load.client import Client, connect
from bench.load.loops import fetch, knock, pump
from bench.load.speech import SPEECHES, Speech
from bench.load.work import Report, Window, Work

# Connections that are being opened at once, below any server's backlog.
AT_ONCE = 16


def main(work: Work, pipe: Connection) -> None:
    """The process's whole life. Over the pipe: "ready" out, the Window in, the Report or the traceback out."""
    # Cycles are few here, and a collection of a hundred sockets' objects would be seen in the latencies.
    gc.disable()
    # epoll's timeouts are whole milliseconds; select's are exact, which an open loop needs.
    chosen = selectors.SelectSelector() if work.rate else selectors.DefaultSelector()
    try:
        with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(chosen)) as runner:
            pipe.send(runner.run(_work(work, pipe)))
    except BaseException:
        pipe.send(traceback.format_exc())
        raise


async def _work(work: Work, pipe: Connection) -> Report:
    loop = asyncio.get_running_loop()
    speech: Speech = SPEECHES[work.speech](work)
    board: Board[Client] = Board(work.tag)
    clients = [] if work.kind == "knock" else await _connect(speech, work, board)
    pipe.send("ready")
    board.window = window = await loop.run_in_executor(None, pipe.recv)
    busy = asyncio.create_task(_busy(window))
    doing: Coroutine[None, None, None]
    if work.kind == "pump":
        doing = pump(work, clients, board, window)
    elif work.kind == "knock":
        doing = knock(work, speech, board, window)
    elif work.kind == "fetch":
        doing = fetch(clients, board, window)
    else:
        doing = asyncio.sleep(window.end - time.monotonic())
    await doing
    board.report.busy = await busy
    for client in clients:
        client.leaving = True
    await asyncio.gather(*(client.leave() for client in clients))
    return board.report


async def _connect(speech: Speech, work: Work, board: Board[Client]) -> list[Client]:
    gate = asyncio.Semaphore(AT_ONCE)
    together = Counter(seat.threads[0] for seat in work.seats)

    async def one(index: int) -> Client:
        seat = work.seats[index]
        async with gate:
            client = await connect(speech, seat, board, work.port, len(seat.threads))
        client.signs = together[seat.threads[0]]
        return client

    return await asyncio.gather(*map(one, range(len(work.seats))))


async def _busy(window: Window) -> float:
    """This process's share of a core within the window."""
    await asyncio.sleep(window.count_from - time.monotonic())
    before = time.process_time()
    await asyncio.sleep(window.end - time.monotonic())
    return (time.process_time() - before) / window.seconds
