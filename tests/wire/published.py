"""The frames of one run against the published document, by an implementation of JSON Schema that is not ours."""

import json
from typing import Any

import jsonschema

from tests.consumers.person import Frame
from tests.stack import ROOT

DOCUMENT: dict[str, Any] = json.loads((ROOT / "docs" / "api" / "asyncapi.json").read_text())
PARTS: dict[str, Any] = DOCUMENT["components"]
# How the messages are called there; entries have no messages of their own.
PREFIX = {"commands": "", "replies": "ok.", "frames": "server."}


def message(name: str, key: str, frame: Frame) -> dict[str, Any]:
    """The schema of what the run calls `key`."""
    if name == "entries":
        # An erased body lacks what its schema requires, and says so.
        envelope: dict[str, Any] = PARTS["schemas"]["Envelope"]
        return envelope if frame.get("erased") else entry_schema(frame["kind"])
    called = "server.error" if name == "errors" else PREFIX[name] + key.split(":", maxsplit=1)[0]
    schema: dict[str, Any] = PARTS["messages"][called]["payload"]
    return schema


def entry_schema(kind: str) -> dict[str, Any]:
    bodies = [each for each in PARTS["schemas"].values() if "allOf" in each]
    fits = [each for each in bodies if any(part["properties"]["kind"]["const"] == kind for part in each["allOf"][1:])]
    found: dict[str, Any] = fits[0]
    return found


def faults(seen: dict[str, dict[str, Any]]) -> list[str]:
    """Whatever command, reply, entry, error or frame does not fit its schema, with its real ids and times."""
    found = []
    for name, frames in seen.items():
        for key, each in frames.items():
            # A problem of HTTP is in the other document.
            frame = each.get("error") if name == "errors" else each
            if frame is not None:
                schema = {**message(name, key, frame), "components": PARTS}
                wrong = jsonschema.Draft202012Validator(schema).iter_errors(frame)
                found += [f"{key}: {fault.json_path}: {fault.message}" for fault in wrong]
    return found


def undocumented(name: str, frames: dict[str, Any]) -> list[str]:
    """Fields that a client cannot know of, as `command: field`."""
    return [
        f"{key}: {field}"
        for key, frame in frames.items()
        if not frame.get("erased")
        for field in sorted(set(frame) - fields(message(name, key, frame)))
    ]


def fields(schema: dict[str, Any]) -> set[str]:
    found = set(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        found |= fields(part)
    if "$ref" in schema:
        found |= fields(PARTS["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    return found
