"""The socket as an AsyncAPI 3.0 document, from the same models that decode and check (protocol.md).

Actions are the server's: it *receives* commands and *sends* frames. Must never say by hand what a model says.
"""

from functools import cache
from typing import Any, get_args

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from pydantic import BaseModel

from api.acts import reply_to
from api.frames import SENT
from api.schemas import any_entry, command_schemas, entry_schemas, portable, schemas_of
from chat.refusals import KINDS
from consumers.closing import CLOSINGS
from consumers.vocabulary import COMMANDS, FRAMES

REF = "#/components/schemas/{model}"
MESSAGE = "#/components/messages/{name}"
ON_SOCKET = "#/channels/socket/messages/{name}"

ABOUT = """One socket carries all threads of a person. Text frames of UTF-8 JSON: a client sends one object in
each; a frame of the server is one object, or an array of up to 100 to be taken in order. Subprotocol:
`order-threads.v1`."""


@require_safe
def view(request: HttpRequest) -> JsonResponse:
    return JsonResponse(document())


@cache
def document() -> dict[str, Any]:
    """The whole document."""
    messages = received() | sent() | replies()
    said = {
        "asyncapi": "3.0.0",
        "info": {"title": "Order Threads", "version": "1", "description": ABOUT},
        "defaultContentType": "application/json",
        "channels": {
            "socket": {
                "address": "/ws/v1",
                "messages": {name: {"$ref": MESSAGE.format(name=name)} for name in messages},
                "bindings": {"ws": {"method": "GET"}},
                "x-close-codes": {str(code): why._asdict() for code, why in CLOSINGS.items()},
            }
        },
        "operations": operations(),
        "components": {"messages": messages, "schemas": schemas()},
    }
    return portable(said)


def schemas() -> dict[str, Any]:
    made = schemas_of([model for model in FRAMES.values() if model not in COMMANDS.values()], REF)
    made |= command_schemas(REF) | schemas_of([*SENT, *map(reply_to, COMMANDS)], REF, "serialization")
    made |= entry_schemas(REF)
    for frame in ("EntriesFrame", "Entries"):
        made[frame]["properties"]["entries"]["items"] = any_entry(REF)
    made["ErrorCodes"] = {
        "description": "What each code means, and what to do.",
        "enum": list(KINDS),
        "x-codes": {c: {"retry": k.retry, "executed": k.executed, "message": k.message} for c, k in KINDS.items()},
    }
    return dict(sorted(made.items()))


def message(name: str, payload: dict[str, Any], summary: str = "") -> dict[str, Any]:
    return {"name": name, **({"summary": summary} if summary else {}), "payload": payload}


def described(name: str, model: type[BaseModel]) -> dict[str, Any]:
    lines = (model.__dict__.get("__doc__") or "").strip().splitlines()
    return message(name, {"$ref": REF.format(model=model.__name__)}, lines[0] if lines else "")


def received() -> dict[str, Any]:
    return {name: described(name, model) for name, model in FRAMES.items()}


def sent() -> dict[str, Any]:
    """`typing` and `read` are also the last words of commands, so what is sent begins with `server.`."""
    named = {str(tag(model)): model for model in SENT}
    return {f"server.{name}": described(name, model) for name, model in named.items()}


def tag(model: type[BaseModel]) -> object:
    return get_args(model.model_fields["type"].annotation)[0]


def replies() -> dict[str, Any]:
    """The `ok` of each command: its result stands beside `type` and `id`."""
    frame = {
        "type": "object",
        "properties": {"type": {"const": "ok"}, "id": {"type": "string"}},
        "required": ["type", "id"],
    }
    return {
        f"ok.{name}": message("ok", {"allOf": [frame, {"$ref": REF.format(model=reply_to(name).__name__)}]})
        for name in answered()
    }


def answered() -> list[str]:
    return [name for name in COMMANDS if name != "thread.typing"]


def operations() -> dict[str, Any]:
    """One for each command with its two replies, for what else is received, and for all that is sent."""
    socket = {"$ref": "#/channels/socket"}

    def on(name: str) -> dict[str, str]:
        return {"$ref": ON_SOCKET.format(name=name)}

    made: dict[str, Any] = {
        name: {
            "action": "receive",
            "channel": socket,
            "messages": [on(name)],
            "reply": {"channel": socket, "messages": [on(f"ok.{name}"), on("server.error")]},
        }
        for name in answered()
    }
    for name in FRAMES:
        made.setdefault(name, {"action": "receive", "channel": socket, "messages": [on(name)]})
    made["server"] = {"action": "send", "channel": socket, "messages": [on(name) for name in sent()]}
    return made
