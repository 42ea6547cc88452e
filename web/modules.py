"""The page's scripts by name, so that a browser fetches them all at once instead of one import after another.

Must never list anything that the page does not load.
"""

from pathlib import Path

STATIC = Path(__file__).parent / "static"
MODULES = tuple(sorted(path.relative_to(STATIC).as_posix() for path in (STATIC / "web").rglob("*.js")))
