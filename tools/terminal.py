"""What a person sees while a command waits for something slow."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any


class Failed(Exception):
    """The command ends here; its text is for the person who typed it."""


def say(text: str) -> None:
    """One step, on a line of its own."""
    print(f"==> {text}", flush=True)


@contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator["subprocess.Popen[str]"]:
    """A child that never outlives this process: whatever ends the block ends it."""
    with subprocess.Popen(command, text=True, **options) as child:
        try:
            yield child
        except BaseException:
            # It has things to take down itself, so it gets the time.
            child.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.wait(20)
            child.kill()
            raise


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run to the end and return the exit code."""
    with started(command, env=env) as child:
        return child.wait()


def watch(command: Sequence[str], what: str, env: Mapping[str, str] | None = None) -> None:
    """Run a talkative command behind one moving line; show what it said only when it fails."""
    said = [""]
    began = time.monotonic()
    live = sys.stdout.isatty()
    with started(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace") as child:
        assert child.stdout is not None
        # Read aside: pip says nothing for many seconds while it writes, and the line must go on moving.
        reader = threading.Thread(target=lambda lines: said.extend(map(str.strip, lines)), args=[child.stdout])
        reader.start()
        while reader.is_alive():
            # In a log file a line every few seconds is enough for nobody to take the wait for a hang.
            reader.join(0.2 if live else 5)
            if live or reader.is_alive():
                text = f"    {what}: {time.monotonic() - began:.0f} s  {said[-1][:60]}"
                print(f"\r{text}\033[K" if live else text, end="" if live else "\n", flush=True)
    if live:
        print("\r\033[K", end="", flush=True)
    if child.returncode:
        raise Failed("\n".join([*said[-25:], f"{what} failed (exit code {child.returncode})."]))
    print(f"    {what}: {time.monotonic() - began:.0f} s", flush=True)
