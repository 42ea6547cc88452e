"""The committed frames, and how a real frame becomes one: what differs from run to run becomes a placeholder.

`GOLDEN=write` in the environment writes the files anew; a look at the difference then tells what changed for clients.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "golden"
NAMES = ("commands", "replies", "entries", "errors", "frames")

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
# A person of this run alone: `kim-1f2e3d4c` is kim, as a name `Kim-1F2E3D4C`.
PERSON = re.compile(r"\b(kim|sam|mia|odd|max|lea)-[0-9a-f]{8}\b", re.IGNORECASE)
SECRET = frozenset({"connection", "cursor", "epoch", "hash", "ticket", "token"})
# Numbers that chance or the speed of the machine decides.
CHANCE = frozenset({"after_ms", "in_ms", "n"})


def stable(value: Any, name: str = "") -> Any:
    """The same for every run; ids tell whose they are by the field they stand in."""
    if isinstance(value, dict):
        return {stable(key, name.removesuffix("s")): stable(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [stable(each, name) for each in value]
    if name in CHANCE and isinstance(value, int):
        return f"<{name}>"
    if not isinstance(value, str):
        return value
    if name in SECRET:
        return f"<{name}>"
    if len(value) > 1000:
        return f"<{len(value)} characters>"
    value = PERSON.sub(lambda found: found[1], TIME.sub("<time>", value))
    return ID.sub(f"<{name}>", value)


def kept(name: str) -> dict[str, Any]:
    """What is committed."""
    frames: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return frames


def hold(name: str, seen: dict[str, Any]) -> None:
    """Compare with what is committed, or commit it."""
    now = stable(seen)
    if os.environ.get("GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        text = json.dumps(now, indent=1, sort_keys=True, ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(text + "\n")
    committed = kept(name)
    assert set(now) == set(committed), f"{name}: {set(now) ^ set(committed)}"
    for key, frame in committed.items():
        assert now[key] == frame, f"{name}: {key} is another one; GOLDEN=write if that is meant"
