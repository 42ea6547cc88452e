"""Finishes the OpenAPI 3.1 document: the command union, every kind of entry, and every refusal as a problem.

Must never describe by hand what a model says.
"""

from collections.abc import Iterable
from typing import Any

from api.problems import CONTENT_TYPE, Problem
from api.schemas import ON_HTTP, any_entry, command_schemas, entry_schemas, portable
from chat.refusals import KINDS
from consumers.vocabulary import COMMANDS

REF = "#/components/schemas/{model}"


def finish(document: Any) -> dict[str, Any]:
    """Add to ninja's document what it cannot know. Returns it as plain JSON."""
    schemas = document["components"]["schemas"]
    schemas.update(command_schemas(REF) | entry_schemas(REF))
    schemas["Command"] = any_command(ON_HTTP, schemas)
    schemas["Entries"]["properties"]["entries"]["items"] = any_entry(REF)
    schemas["Problem"] = Problem.model_json_schema(ref_template=REF)
    for path in document["paths"].values():
        for method, operation in path.items():
            add_problems(operation, reading=method == "get")
    return portable(document)


def add_problems(operation: dict[str, Any], *, reading: bool) -> None:
    """Every status that a refusal may have here, with the codes behind it."""
    answers = operation["responses"]
    for status, codes in sorted(by_status().items()):
        if reading and status in (413, 422):
            continue
        answers[status] = {
            "description": ", ".join(f"`{code}`" for code in codes),
            "content": {CONTENT_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}},
        }


def any_command(names: Iterable[str], schemas: dict[str, Any]) -> dict[str, Any]:
    """The body of `…/commands`: a union told apart by `type`; the address already names the thread."""
    for name in names:
        schema = schemas[COMMANDS[name].__name__]
        schema["required"] = [field for field in schema["required"] if field != "thread"]
    places = {name: REF.format(model=COMMANDS[name].__name__) for name in sorted(names)}
    return {
        "oneOf": [{"$ref": place} for place in places.values()],
        "discriminator": {"propertyName": "type", "mapping": places},
    }


def by_status() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {405: ["bad_request"]}
    for code, kind in KINDS.items():
        found.setdefault(kind.http, []).append(code)
    return found
