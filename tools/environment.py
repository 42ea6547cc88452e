"""The virtual environment `.venv`: made once, installed from a lock, and again only when the lock changed.

One environment serves every command: dev.txt holds test.txt holds run.txt, pin for pin (tests/house holds
that), so whoever ran the tests still runs the server with exactly the versions of run.txt.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.terminal import Failed, say, watch

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
CACHE = ROOT / ".cache"
STAMP = VENV / ".installed"
# From the smallest to the largest: each holds all those before it.
LOCKS = ("run", "test", "dev")


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Two commands started at once must not install into the same place."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another command that installs {name}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def write(path: Path, text: str) -> None:
    """All of it or nothing: a stamp cut short by a power cut must not pass for a whole one."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(text)
    fresh.replace(path)


def line_of(lock: str) -> str:
    """The line of the stamp that says: this lock is in place."""
    return f"{lock} {hashlib.sha256((ROOT / 'requirements' / f'{lock}.txt').read_bytes()).hexdigest()}"


def stamp() -> list[str]:
    """What is installed. Nothing, if the environment was moved here: its programs name their old place."""
    lines = STAMP.read_text().splitlines() if STAMP.exists() else []
    return lines[1:] if lines[:1] == [str(VENV)] else []


def starts(statement: str) -> bool:
    """True if the environment's Python is there and can do this."""
    try:
        return subprocess.call([PYTHON, "-c", statement], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def ready(lock: str) -> bool:
    """True if `.venv` works and holds this lock."""
    if line_of(lock) not in stamp():
        return False
    # The interpreter behind it may be gone, or be another one whose packages lie elsewhere.
    return starts("import django")


def create() -> None:
    """Make an empty environment in place of whatever is there."""
    say(f"making .venv with Python {sys.version.split()[0]}")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        hint = "On Debian and Ubuntu: install the package python3-venv."
        raise Failed(f"{made.stdout}{made.stderr}\nPython could not make a virtual environment. {hint}")


def works() -> bool:
    """True if a later lock can be installed over `.venv`: it starts, and its last installation was ended."""
    if not stamp():
        return False
    return starts("import pip")


def install(lock: str) -> None:
    """Have `.venv` hold requirements/<lock>.txt, hashes checked. Returns at once if it does."""
    if ready(lock):
        return
    with alone("venv"):
        if ready(lock):
            return
        if not works():
            create()
        STAMP.unlink(missing_ok=True)
        file = ROOT / "requirements" / f"{lock}.txt"
        pins = sum("==" in line for line in file.read_text().splitlines())
        say(f"installing requirements/{lock}.txt: up to {pins} packages, once per lock")
        quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]
        pip = [PYTHON, "-m", "pip", "install", *quiet, "--require-hashes", "-r", str(file)]
        watch(pip, "packages")
        held = LOCKS[: LOCKS.index(lock) + 1]
        write(STAMP, "\n".join([str(VENV), *map(line_of, held)]))
