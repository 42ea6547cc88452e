"""A client that asks too much is bounded and sent away; what of it was acknowledged is there, and nobody else waits."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator

import pytest
from websockets.client import ClientProtocol
from websockets.exceptions import ConnectionClosed
from websockets.uri import parse_uri

from tests.faults.checker import Json
from tests.faults.conftest import TownAt
from tests.faults.device import Device
from tests.faults.line import SUBPROTOCOL, Line
from tests.faults.quiet import findings, settle
from tests.faults.town import Town, new_id
from tests.services.server import Server
from tests.stack import Stack

BURST, RATE = 20, 2


def ignored(frame: Json) -> None:
    """What comes is in the history."""


async def flood(town: Town, thread: str, number: int, type: str = "message.send") -> int | None:
    """So many commands at once, without waiting for an answer. Returns the code that ended it."""
    line = Line(town.history, town.line("flood/"), town.kim, ignored)
    hello = {"type": "hello", "token": await town.token(town.kim), "client": {"name": "flood", "version": "1"}}
    for n in range(number):
        words = {"text": f"{n}"} if type == "message.send" else {}
        line.out.put_nowait({"type": type, "id": new_id(), "thread": thread, **words})
    code = None
    try:
        await line.run(town.ws_url, hello, 5)
    except ConnectionClosed as closed:
        code = closed.rcvd.code if closed.rcvd else None
    town.history.closed(line.name, town.kim, code)
    return code


async def test_more_commands_than_may_wait_close_the_socket_and_nobody_else_s(town: Town) -> None:
    thread = await town.place()
    async with Device(town, town.sam, [thread]) as sam:
        await settle(town, [sam])
        flooding = [asyncio.create_task(flood(town, thread, 3000, "thread.snapshot")) for _ in range(2)]
        flooding.append(asyncio.create_task(flood(town, thread, 3000)))
        waited = []
        while not all(task.done() for task in flooding):
            begun = time.monotonic()
            assert (await sam.ask("message.send", thread=thread, text="and I?"))["type"] == "ok"
            waited.append(time.monotonic() - begun)
            await asyncio.sleep(0.02)
        assert [await task for task in flooding] == [4103] * 3
        assert max(waited) < 2
        assert sam.closes == []
        assert await findings(town, [sam]) == []


async def test_who_reads_late_still_finds_out_why_the_socket_was_closed(town: Town) -> None:
    thread = await town.place()
    hello = {"type": "hello", "token": await town.token(town.kim), "client": {"name": "late", "version": "1"}}
    # A library that reads ahead would find the `bye` before this client does.
    reader, writer = await asyncio.open_connection("127.0.0.1", int(town.ws_url.split(":")[2].split("/")[0]))
    client = ClientProtocol(parse_uri(town.ws_url), subprotocols=[SUBPROTOCOL])
    client.send_request(client.connect())
    writer.write(b"".join(client.data_to_send()))
    client.receive_data(await reader.readuntil(b"\r\n\r\n"))
    client.send_text(json.dumps(hello).encode())
    for _ in range(300):
        asked = {"type": "thread.snapshot", "id": new_id(), "thread": thread}
        client.send_text(json.dumps(asked).encode())
    writer.write(b"".join(client.data_to_send()))
    await asyncio.sleep(3)
    async with asyncio.timeout(10):
        while client.close_rcvd is None and (data := await reader.read(65536)):
            client.receive_data(data)
    writer.close()
    assert client.close_rcvd
    assert client.close_rcvd.code == 4103


@pytest.fixture(scope="module")
def strict(stack: Stack) -> Iterator[Server]:
    """A server that lets a person write twice a second."""
    env = {"UNLIMITED_WRITES": "", "WRITES_PER_SECOND": str(RATE), "WRITES_BURST": str(BURST)}
    server = Server(stack.log("strict"), workers=stack.workers, env=env)
    server.start()
    yield server
    assert server.terminate() == 0, f"the server did not end well:\n{server.log()}"


@pytest.fixture
async def slow_town(strict: Server, town_at: TownAt) -> AsyncIterator[Town]:
    async with town_at(strict) as town:
        yield town


async def test_the_write_rate_is_kim_s_on_all_sockets_processes_and_http_together(
    slow_town: Town, strict: Server
) -> None:
    town = slow_town
    thread = await town.place()
    async with Device(town, town.sam, [thread]) as sam:
        devices = [Device(town, town.kim, seed=n) for n in range(6)]
        for device in devices:
            await device.__aenter__()
            await device.open.wait()
        answers: Counter[str] = Counter()
        waits: list[int] = []
        begun = time.monotonic()

        async def hammer(n: int) -> None:
            while time.monotonic() - begun < 4:
                said = {"type": "message.send", "id": new_id(), "thread": thread, "text": "again"}
                device = devices[n % 6]
                answer = await (town.ask(town.kim, said) if n >= 6 else device.attempt(said))
                assert answer
                answers["ok" if answer["type"] == "ok" else answer["code"]] += 1
                waits.append(answer.get("after_ms", 0))
                await asyncio.sleep(0.1)

        await asyncio.gather(*(hammer(n) for n in range(8)))
        took = time.monotonic() - begun
        assert set(answers) == {"ok", "rate_limited"}
        # A machine that has no time for Redis leaves each process to its own count, and the server says so.
        counts = strict.workers if "the shared write rate is out of reach" in strict.log() else 1
        assert BURST <= answers["ok"] <= counts * (BURST + RATE * took) + 2
        assert 0 < max(waits) <= 1000 / RATE * 8 + 1000
        # Waited out, `after_ms` is the truth; and sam was never concerned.
        assert (await devices[0].ask("message.send", thread=thread, text="patiently"))["type"] == "ok"
        assert (await sam.ask("message.send", thread=thread, text="I wrote little"))["type"] == "ok"
        assert sam.refusals == []
        for device in devices:
            await device.__aexit__(None, None, None)
        assert await findings(town, [sam]) == []


async def test_who_never_waits_is_closed_for_abuse(slow_town: Town) -> None:
    thread = await slow_town.place()
    line = Line(slow_town.history, "abuse/1", slow_town.kim, ignored)
    hello = {"type": "hello", "token": await slow_town.token(slow_town.kim), "client": {"name": "f", "version": "1"}}
    running = asyncio.create_task(line.run(slow_town.ws_url, hello, 5))
    for n in range(200):
        line.out.put_nowait({"type": "message.send", "id": new_id(), "thread": thread, "text": f"{n}"})
        await asyncio.sleep(0.005)
    with pytest.raises(ConnectionClosed) as closed:
        await running
    assert closed.value.rcvd
    assert closed.value.rcvd.code == 4101
