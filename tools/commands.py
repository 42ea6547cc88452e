"""What each of the house's commands does."""

import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tools import browser, environment
from tools.environment import PYTHON, ROOT, VENV
from tools.terminal import Failed, run, say

UV = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
# Neither the registry nor the machine that resolved belongs in the lock.
UV += ["--no-emit-index-url", "--no-header", "--no-annotate", "pyproject.toml"]
TEST_GROUPS = ["services", "test", "e2e"]
# Faults are dealt on a real clock: a machine that stood still fails a test or two. More than these is no accident.
FEW = 5
DEV_GROUPS = [*TEST_GROUPS, "lint", "types", "bench", "lock"]


def tool(name: str) -> str:
    """A program that the locked packages brought."""
    return str(VENV / "bin" / name)


def every(*commands: list[str], env: dict[str, str] | None = None) -> int:
    """Run them all, so that one run shows everything that is wrong; the first failure's code, or 0."""
    codes = [run(command, env) for command in commands]
    return next((code for code in codes if code), 0)


def serve(arguments: list[str]) -> NoReturn:
    """`make run`: the demo on SQLite, in one process."""
    port = int(os.environ.get("PORT") or 8000)
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Failed(f"Something already listens on port {port}. Try: PORT={port + 1} make run")
    environment.install("run")
    env = os.environ | {"DEMO": "1", "PORT": str(port)}
    for text, *step in (
        ("preparing the database", "migrate", "--verbosity", "0"),
        ("filling in the demo", "demo"),
    ):
        say(text)
        if code := run([PYTHON, "manage.py", *step], env):
            sys.exit(code)
    say(f"starting on port {port}; Ctrl-C ends it")
    # In place of this process, so that a signal reaches the server itself.
    os.execve(PYTHON, [PYTHON, "manage.py", "serve", "--port", str(port), *arguments], env)


def test(arguments: list[str]) -> int:
    """`make test`: the suite on each stack. Both run even if the first fails; a few failures are looked at twice."""
    stacks = [os.environ["STACK"]] if os.environ.get("STACK") else ["sqlite", "postgres"]
    environment.install("test")
    browser.install()
    measured = ["coverage", "run", "-m"] if os.environ.get("COVERAGE") else []
    results = {}
    unsteady: list[str] = []
    for stack in stacks:
        say(f"testing on {stack}")
        command: list[str] = [PYTHON, "-m", *measured, "pytest", *arguments]
        env = os.environ | {"TEST_STACK": stack}
        results[stack] = run(command, env)
        failed = last_failed() if results[stack] == 1 else []
        if 0 < len(failed) <= FEW:
            say(f"{stack}: running what failed once more, by itself")
            results[stack] = run([*command, "--last-failed"], env)
            if results[stack] == 0:
                unsteady += [f"{stack}: {test}" for test in failed]
    for test in unsteady:
        say(f"UNSTEADY, passed only the second time, to be mended: {test}")
    for stack, code in results.items():
        say(f"{stack}: {'passed' if code == 0 else f'FAILED (pytest ended with {code})'}")
    if measured:
        every([tool("coverage"), "combine", "--quiet"], [tool("coverage"), "report"])
    return next((code for code in results.values() if code), 0)


def last_failed() -> list[str]:
    """The tests that failed in the run before, by pytest's own record."""
    record = ROOT / ".cache" / "pytest" / "v" / "cache" / "lastfailed"
    return sorted(json.loads(record.read_text())) if record.exists() else []


def lint(arguments: list[str]) -> int:
    """`make lint`: style, format, and that imports run one way. `--fix` repairs what it can."""
    environment.install("dev")
    if "--fix" in arguments:
        return every([tool("ruff"), "check", "--fix", "."], [tool("ruff"), "format", "."])
    return every([tool("ruff"), "check", "."], [tool("ruff"), "format", "--check", "."], [tool("lint-imports")])


def types(arguments: list[str]) -> int:
    """`make types`: mypy, strict."""
    environment.install("dev")
    # The Django plug-in loads the settings, which refuse to start without secrets on any other database.
    return run([PYTHON, "-m", "mypy", *arguments], os.environ | {"DEMO": "1", "SECRET_KEY": "type-check"})


def lock(arguments: list[str]) -> int:
    """`make lock`: resolve again. Pins stay while pyproject.toml allows them; `ARGS=--upgrade` moves them."""
    environment.install("dev")
    held: list[str] = []
    for name, groups in (("dev", DEV_GROUPS), ("test", TEST_GROUPS), ("run", [])):
        say(f"resolving requirements/{name}.txt")
        file = f"requirements/{name}.txt"
        command = [*UV, *(f"--group={group}" for group in groups), *held, *arguments, "--output-file", file]
        if code := run([tool(command[0]), *command[1:]]):
            return code
        # The smaller locks take their versions from the largest: one environment serves all three.
        held = ["--constraints", "requirements/dev.txt"]
    return 0


def module(name: str) -> Callable[[list[str]], int]:
    """A command that is a package of its own: `python -m NAME`."""

    def start(arguments: list[str]) -> int:
        environment.install("dev")
        return run([PYTHON, "-m", name, *arguments])

    return start


def install(arguments: list[str]) -> int:
    """`make install`: the whole environment, for an editor."""
    environment.install("dev")
    browser.install()
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": serve,
    "test": test,
    "lint": lint,
    "types": types,
    "lock": lock,
    "install": install,
    "bench": module("bench"),
    "soak": module("tests.soak"),
}


def interrupted(number: int, frame: FrameType | None) -> None:
    """End by a signal as by Ctrl-C: what was started is taken down first."""
    raise KeyboardInterrupt


def main(words: list[str]) -> int:
    """Run the command that the first word names."""
    if not words or words[0] not in COMMANDS:
        print(f"usage: {Path(sys.executable).name} dev.py {'|'.join(COMMANDS)} [arguments]", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, interrupted)
    try:
        return COMMANDS[words[0]](words[1:])
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
