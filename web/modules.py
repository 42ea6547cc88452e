"""A page's scripts by name, so that a browser fetches them all at once instead of one import after another.

Must never list anything that the page does not load.
"""

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"
IMPORT = re.compile(r'from "(\.[^"]+)"')


def reached_from(first: str) -> tuple[str, ...]:
    """The script and all that it imports, directly or not, as names of static files."""
    reached: set[Path] = set()
    waiting = [STATIC / first]
    while waiting:
        script = waiting.pop()
        if script not in reached:
            reached.add(script)
            waiting += [(script.parent / name).resolve() for name in IMPORT.findall(script.read_text())]
    return tuple(sorted(path.relative_to(STATIC).as_posix() for path in reached))


MODULES = reached_from("web/main.js")
