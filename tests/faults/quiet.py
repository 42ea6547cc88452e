"""The end of a fault run: wait until all is quiet, read what the server says, and hold the history against it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable

import httpx2

from tests.faults.checker import Finding, check
from tests.faults.device import Device
from tests.faults.town import Town


async def settle(town: Town, devices: Iterable[Device], within_s: float = 30) -> None:
    """Until every device is open and has each of its threads to the end. Raises AssertionError."""
    devices = list(devices)
    end = time.monotonic() + within_s
    behind = ["nobody was asked"]
    while behind:
        assert time.monotonic() < end, f"not quiet within {within_s} s: {behind[:8]}"
        behind = [f"{each.user} is not back: {each.closes[-3:]}" for each in devices if not each.caught_up]
        for device in devices:
            if device.life and device.life.done():
                # It was sent away for good, or it has a bug of its own, which this raises.
                device.life.result()
        if not behind:
            behind = await _short(town, devices)
        if behind:
            await asyncio.sleep(0.1)


async def _short(town: Town, devices: list[Device]) -> list[str]:
    """Who has not all of a thread."""
    try:
        heads = await town.heads({thread for device in devices for thread in device.places.at} & set(town.threads))
    except httpx2.HTTPError as fault:
        return [f"the server does not answer: {fault!r}"]
    return [
        f"{device.user} has {cursor} of {heads[thread]} in {thread}"
        for device in devices
        for thread, cursor in device.places.at.items()
        if thread in heads and cursor != heads[thread]
    ]


async def until(true: Callable[[], bool] | Callable[[], Awaitable[bool]], within_s: float) -> float:
    """Ask until it is true; returns after how many seconds it was. Raises AssertionError."""
    begun = time.monotonic()
    while True:
        said = true()
        if said if isinstance(said, bool) else await said:
            return time.monotonic() - begun
        assert time.monotonic() - begun < within_s, f"not within {within_s} s"
        await asyncio.sleep(0.02)


async def findings(town: Town, devices: Iterable[Device]) -> list[Finding]:
    """What is wrong in the whole history. Ask when every command was answered."""
    await settle(town, devices)
    return check(town.history, await town.final())


def lateness(town: Town) -> list[float]:
    """For each message and each socket that was up to date: how much later than its `ok` it came, in seconds."""
    ok_at: dict[str, tuple[int, float]] = {}
    up_to_date: dict[tuple[str, str], int] = {}
    late: list[float] = []
    events = town.history.events
    for event in events:
        if event.what == "got" and event.frame["type"] == "ok" and "entry" in event.frame:
            ok_at.setdefault(event.frame["entry"], (event.at, event.time))
    for event in events:
        if event.what != "got":
            continue
        if event.frame["type"] == "caught_up":
            up_to_date[event.line, event.frame["thread"]] = event.at
        elif event.frame["type"] == "entries":
            since = up_to_date.get((event.line, event.frame["thread"]), len(events))
            for entry in event.frame["entries"]:
                at, when = ok_at.get(entry["entry"], (-1, 0.0))
                if at > since:
                    late.append(max(0.0, event.time - when))
    return late
