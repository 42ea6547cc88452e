"""Code, documents, golden frames and the protocol's tables name the same commands, entries, errors and frames."""

import json
from typing import Any

import pytest

from api.frames import SENT
from api.schemas import entry_kinds
from chat.refusals import KINDS
from consumers.dispatch import SERVICES
from consumers.vocabulary import COMMANDS, FRAMES
from tests.stack import ROOT
from tests.wire import golden, names


@pytest.fixture(scope="module")
def asyncapi() -> dict[str, Any]:
    """The committed document, as clients' generators read it."""
    document: dict[str, Any] = json.loads((ROOT / "docs" / "api" / "asyncapi.json").read_text())
    return document


def in_golden(name: str) -> set[str]:
    """Without variants: `message.send:support` is `message.send`."""
    return {key.split(":")[0] for key in golden.kept(name)}


def messages(asyncapi: dict[str, Any], prefix: str = "") -> set[str]:
    found: dict[str, Any] = asyncapi["components"]["messages"]
    return {name.removeprefix(prefix) for name in found if name.startswith(prefix)}


def test_each_command_of_the_protocol_is_known_or_still_to_come() -> None:
    assert set(COMMANDS) == names.COMMANDS - names.NOT_YET


def test_each_command_has_its_service_or_is_the_sockets_own() -> None:
    assert set(SERVICES) | names.SOCKET_ONLY == set(COMMANDS)
    assert set(SERVICES) & names.SOCKET_ONLY == set()


def test_the_document_has_every_command_and_every_reply(asyncapi: dict[str, Any]) -> None:
    said = {name for name in messages(asyncapi) if not name.startswith(("ok.", "server."))}
    assert said == set(FRAMES)
    assert messages(asyncapi, "ok.") == set(COMMANDS) - {"thread.typing"}
    assert set(asyncapi["operations"]) - {"server"} == set(FRAMES)


def test_every_command_and_every_reply_has_been_seen() -> None:
    assert in_golden("commands") == set(FRAMES)
    assert in_golden("replies") == set(COMMANDS) - {"thread.typing"}
    for key, command in golden.kept("commands").items():
        assert command["type"] == key.split(":")[0]


def test_each_kind_of_entry_is_known_documented_and_seen_or_still_to_come(asyncapi: dict[str, Any]) -> None:
    schemas = asyncapi["components"]["schemas"].values()
    documented = {part["properties"]["kind"]["const"] for each in schemas for part in each.get("allOf", [])[1:]}
    assert set(entry_kinds()) == names.ENTRIES - names.NOT_YET
    assert documented == in_golden("entries") == set(entry_kinds())
    for key, entry in golden.kept("entries").items():
        assert entry["kind"] == key.split(":")[0]


def test_each_error_is_known_and_documented_and_what_can_be_provoked_is_seen(asyncapi: dict[str, Any]) -> None:
    schemas = asyncapi["components"]["schemas"]
    assert set(KINDS) == names.ERRORS
    assert schemas["ErrorCodes"]["enum"] == schemas["Error"]["properties"]["code"]["enum"] == list(KINDS)
    assert in_golden("errors") == set(KINDS) - names.NOT_PROVOKED
    for key, seen in golden.kept("errors").items():
        said, code = seen.get("error") or seen["problem"], key.split(":")[0]
        kind = KINDS[code]
        assert (said["code"], said["executed"], said["retry"]) == (code, kind.executed, kind.retry)


def test_each_frame_of_the_server_is_documented_and_seen_or_still_to_come(asyncapi: dict[str, Any]) -> None:
    modelled = {model.model_fields["type"].annotation.__args__[0] for model in SENT}  # type: ignore[union-attr]
    assert modelled == messages(asyncapi, "server.") == in_golden("frames") == names.FRAMES - names.NOT_YET


def test_what_is_still_to_come_is_not_there_yet() -> None:
    promised = names.COMMANDS | names.ENTRIES | names.FRAMES
    assert promised >= names.NOT_YET
    assert names.NOT_YET & (set(COMMANDS) | set(entry_kinds()) | in_golden("frames")) == set()
