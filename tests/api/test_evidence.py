"""Evidence over HTTP: for the host, and for a moderator who has said why she looks; and how a third person gets on."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.api.market import Market, bearer, problem
from tests.moderation.packs import run
from tests.stack import ROOT


def test_mia_gets_the_pack_once_she_has_said_why_and_that_is_on_record_in_it(market: Market, tmp_path: Path) -> None:
    thread = market.place()["thread"]
    path = f"threads/{thread}/evidence"
    problem(market.get(market.mia, path), 403, "reason_required")
    problem(market.get(market.kim, path), 403, "wrong_role")
    problem(market.get(market.odd, path), 404, "not_found")
    problem(market.http.get(f"/api/v1/{path}"), 401, "unauthenticated")
    market.command(market.mia, thread, "moderation.watch", reason="a letter of a court")
    got = market.get(market.mia, path)
    assert got.status_code == 200, got.text
    assert got.headers["content-disposition"] == f'attachment; filename="evidence-{thread}.json"'
    content = got.json()["content"]
    assert (content["export"]["by"], content["export"]["why"]) == (
        {"role": "moderator", "user": market.mia},
        "a letter of a court",
    )
    assert [row["action"] for row in content["audit"]] == ["moderation.watch", "evidence"]
    key = market.http.get("/api/v1/evidence-key").json()
    done = run(got.content, tmp_path, key["kid"])
    assert done.returncode == 0, done.stderr


def test_the_host_gets_the_pack_by_its_key_and_says_why(market: Market, tmp_path: Path) -> None:
    thread = market.place()["thread"]
    got = market.http.get(f"/api/v1/threads/{thread}/evidence", headers=market.host, params={"why": "case 17"})
    assert got.json()["content"]["export"]["why"] == "case 17"
    assert run(got.content, tmp_path).returncode == 0
    nothing = market.http.get("/api/v1/threads/none/evidence", headers=market.host)
    problem(nothing, 404, "not_found")
    problem(market.http.get(f"/api/v1/threads/{thread}/evidence", headers=bearer("sk_wrong")), 401, "unauthenticated")


def test_an_operator_writes_the_pack_to_a_file(market: Market, tmp_path: Path) -> None:
    thread = market.place()["thread"]
    manage = [sys.executable, "manage.py", "evidence"]

    def done(*more: str, **env: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [*manage, *more], cwd=ROOT, env=os.environ | env, capture_output=True, timeout=60, check=False
        )

    wrote = done(thread, "--why", "asked for by phone")
    key = market.http.get("/api/v1/evidence-key").json()["kid"]
    assert run(wrote.stdout, tmp_path, key).returncode == 0, wrote.stderr
    # Another key has another fingerprint, and a pack says which it was.
    assert json.loads(done("--key", EVIDENCE_KEY="A" * 43).stdout)["kid"] != key
    assert b"EVIDENCE_KEY" in done("--key", EVIDENCE_KEY="short").stderr
