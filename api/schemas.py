"""JSON Schemas of commands and entries from the typed models, for both documents. Nothing by hand."""

import json
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

import orders.entries  # noqa: F401 - declares its kinds
from api.replies import Envelope
from chat.entries import Body
from consumers.vocabulary import COMMANDS

Schemas = dict[str, dict[str, Any]]
Mode = Literal["validation", "serialization"]

# The rest exists on the socket only (protocol.md §10).
ON_HTTP = frozenset(COMMANDS) - {
    "auth.refresh",
    "thread.subscribe",
    "thread.unsubscribe",
    "thread.typing",
    "moderation.feed",
}
COMMAND = "#/components/schemas/Command"


def schemas_of(models: Iterable[type[BaseModel]], ref: str, mode: Mode = "validation") -> Schemas:
    """The schemas of these models and of all they refer to, by name. `ref` is where `{model}` is found."""
    _, found = models_json_schema([(model, mode) for model in models], ref_template=ref)
    made: Schemas = found.get("$defs", {})
    return made


def command_schemas(ref: str) -> Schemas:
    """Every command by its model's name."""
    return schemas_of(COMMANDS.values(), ref)


def entry_kinds() -> dict[str, type[Body]]:
    """Every kind of entry and the model of its body."""
    found = [body for body in descendants(Body) if "kind" in vars(body)]
    return {body.kind: body for body in sorted(found, key=lambda body: body.kind)}


def portable(document: Any) -> dict[str, Any]:
    """The document as plain JSON, its patterns without the class that only Unicode-aware engines know.

    The server is stricter by that class: it refuses control characters in names.
    """
    plain: dict[str, Any] = json.loads(json.dumps(document).replace(r"\\p{C}", ""))
    return plain


def descendants(root: type[Body]) -> list[type[Body]]:
    return [each for child in root.__subclasses__() for each in (child, *descendants(child))]


def entry_schemas(ref: str) -> Schemas:
    """Every kind as `…Entry`: the envelope and beside it the fields of the body."""
    kinds = entry_kinds()
    made = schemas_of([Envelope, *kinds.values()], ref, "serialization")
    for kind, body in kinds.items():
        own = made.pop(body.__name__)
        own["properties"] = {name.rstrip("_"): each for name, each in own.get("properties", {}).items()}
        own["properties"]["kind"] = {"const": kind}
        erasable = {"text", "attachments"} if kind.startswith("message") else set()
        own["required"] = ["kind", *(n.rstrip("_") for n in own.get("required", ()) if n not in erasable)]
        own.pop("additionalProperties", None)
        own.pop("title", None)
        made[entry_name(kind)] = {"allOf": [{"$ref": ref.format(model="Envelope")}, own]}
    return made


def any_entry(ref: str) -> dict[str, Any]:
    """An entry of a known kind, or of one that came later: clients advance over those (protocol.md §5)."""
    names = [*map(entry_name, entry_kinds()), "Envelope"]
    return {"anyOf": [{"$ref": ref.format(model=name)} for name in names]}


def entry_name(kind: str) -> str:
    """`message.edited` → `MessageEditedEntry`, a name that no command has."""
    return "".join(part.capitalize() for part in kind.split(".")) + "Entry"
