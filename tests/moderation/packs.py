"""A pack of evidence as somebody gets it, the program that verifies it, and ways to tamper with one."""

import copy
import hashlib
import json
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chat.identity import HOST
from moderation.evidence import export
from moderation.sealing import canonical
from tests.market import Deal, Said
from tests.stack import ROOT

PROGRAM = ROOT / "docs" / "verify_evidence.py"
# The same in this process, for what is tried a thousand times.
verify: Callable[..., Any] = runpy.run_path(str(PROGRAM))["verify"]
is_signed: Callable[[bytes, bytes, bytes], bool] = runpy.run_path(str(PROGRAM))["is_signed"]


def pack(deal: Deal, why: str = "asked for by kim's lawyer") -> bytes:
    with export(HOST, deal.thread, why) as file:
        return file.read()


def run(data: bytes, folder: Path, *trusted: str) -> subprocess.CompletedProcess[str]:
    """As a third person would: Python alone, with nothing of ours in reach."""
    (folder / "pack.json").write_bytes(data)
    command = [sys.executable, "-I", str(PROGRAM), str(folder / "pack.json"), *trusted]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, timeout=60, check=False)


def changed(data: bytes, change: Callable[[Said], object]) -> bytes:
    """As one writes it who knows the form, but has no key."""
    said = json.loads(data)
    change(said)
    return canonical(said)


def made_consistent(said: Said) -> None:
    """Every hash and digest made anew, as by one who knows all but the key."""
    content, seal = said["content"], said["seal"]
    link = hashlib.sha256(content["export"]["thread"].encode()).digest()
    for item in content["entries"]:
        link = hashlib.sha256(link + canonical(item["entry"])).digest()
        item["hash"] = link.hex()
    for row in content["audit"]:
        row["hash"] = hashlib.sha256(canonical({k: v for k, v in row.items() if k != "hash"})).hexdigest()
    content["export"]["head"] = len(content["entries"])
    seal["chain"] = link.hex()
    seal["digests"] = {name: hashlib.sha256(canonical(part)).hexdigest() for name, part in content.items()}


def flipped(data: bytes, place: int, bit: int) -> bytes:
    other = bytearray(data)
    other[place] ^= 1 << bit
    return bytes(other)


def twin(said: Said) -> Said:
    return copy.deepcopy(said)
