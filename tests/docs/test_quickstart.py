"""The quickstart is what a newcomer types first: every block of it runs, in order, against a real server."""

import os
import re
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.services.server import Server
from tests.stack import SERVICE_KEY

PAGE = Path(__file__).resolve().parents[2] / "docs" / "quickstart.md"


@pytest.mark.skipif(shutil.which("curl") is None, reason="the page is about curl")
def test_a_newcomer_places_an_order_and_chats_with_what_the_quickstart_says(server: Server, tmp_path: Path) -> None:
    blocks = re.findall(r"```(bash|python)\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert len(blocks) >= 7
    (listener,) = (text for language, text in blocks if language == "python")
    (tmp_path / "listen.py").write_text(listener)
    script = "set -eo pipefail\n" + "\n".join(text for language, text in blocks if language == "bash")
    env = {
        **os.environ,
        "SERVER": server.url,
        "SERVICE_KEY": SERVICE_KEY,
        "RUN": uuid.uuid4().hex,
        # The page says python3; here that must be the one that has websockets.
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    heard = (tmp_path / "heard.txt").read_text()
    assert '"type":"welcome"' in heard.replace(" ", "")
    assert "Warm colours, please." in heard
