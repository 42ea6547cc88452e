"""The documents say what the code does: the same names, nothing that leads nowhere, nothing stale (design.md §2a)."""

import json
import re
from typing import Any

import pytest
from django.core.management import call_command
from playwright.async_api import Browser

from api import asyncapi
from api.acts import REPLIES
from api.frames import SENT
from api.schemas import ON_HTTP, entry_kinds
from chat.refusals import KINDS
from consumers.closing import CLOSINGS
from consumers.dispatch import SERVICES
from consumers.vocabulary import COMMANDS, FRAMES
from tests.api.market import Market

# protocol.md §10, as far as this server goes.
ADDRESSES = {
    "/api/v1/users/{user}", "/api/v1/users/{user}/tokens", "/api/v1/users/{user}/wallet", "/api/v1/users/{user}/statistics",
    "/api/v1/users/{user}/suspend", "/api/v1/users/{user}/reinstate",
    "/api/v1/orders", "/api/v1/orders/{order}", "/api/v1/orders/{order}/payment", "/api/v1/clock", "/api/v1/can",
    "/api/v1/threads", "/api/v1/threads/{thread}/commands", "/api/v1/threads/{thread}/entries",
    "/api/v1/threads/{thread}/snapshot", "/api/v1/threads/{thread}/transcript", "/api/v1/tickets",
    "/api/v1/threads/{thread}/replay", "/api/v1/threads/{thread}/evidence", "/api/v1/evidence-key",
    "/api/v1/push-subscriptions", "/api/v1/push-subscriptions/{subscription}",
}  # fmt: skip


@pytest.fixture
def openapi(market: Market) -> dict[str, Any]:
    document: dict[str, Any] = market.http.get("/api/openapi.json").json()
    return document


def broken(document: dict[str, Any]) -> set[str]:
    """References that lead nowhere."""
    found = set()
    for ref in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))):
        at: Any = document
        for part in ref.split("/"):
            at = at.get(part) if isinstance(at, dict) else None
        if at is None:
            found.add(ref)
    return found


def test_openapi_is_3_1_and_names_the_protocol_s_addresses(openapi: dict[str, Any]) -> None:
    assert openapi["openapi"].startswith("3.1.")
    assert set(openapi["paths"]) == ADDRESSES
    assert broken(openapi) == set()


def test_openapi_names_every_error_as_a_problem(openapi: dict[str, Any]) -> None:
    assert openapi["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == list(KINDS)
    for path in openapi["paths"].values():
        for operation in path.values():
            refusals = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
            assert set(refusals) >= {"400", "401", "403", "404", "405", "500", "503"}
            for answer in refusals.values():
                assert list(answer["content"]) == ["application/problem+json"]
    codes = set(re.findall(r"`(\w+)`", str(openapi["paths"]["/api/v1/threads/{thread}/commands"])))
    assert codes >= set(KINDS)


def test_openapi_takes_every_command_that_http_takes(openapi: dict[str, Any]) -> None:
    union = openapi["components"]["schemas"]["Command"]
    assert set(union["discriminator"]["mapping"]) == set(ON_HTTP) == set(SERVICES)
    assert {each["$ref"] for each in union["oneOf"]} == set(union["discriminator"]["mapping"].values())


def test_asyncapi_is_the_one_that_is_served(market: Market) -> None:
    said = market.http.get("/api/asyncapi.json")
    assert said.headers["content-type"] == "application/json"
    assert said.json() == json.loads(json.dumps(asyncapi.document()))


def test_asyncapi_names_every_frame_entry_error_and_close_code() -> None:
    document = asyncapi.document()
    assert document["asyncapi"] == "3.0.0"
    assert broken(document) == set()
    messages = set(document["components"]["messages"])
    assert messages >= set(FRAMES)
    assert {name.removeprefix("ok.") for name in messages if name.startswith("ok.")} == set(COMMANDS) - {
        "thread.typing"
    }
    assert len([name for name in messages if name.startswith("server.")]) == len(SENT)
    assert set(document["channels"]["socket"]["messages"]) == messages
    schemas = document["components"]["schemas"]
    told = {part["properties"]["kind"]["const"] for each in schemas.values() for part in each.get("allOf", [])[1:]}
    assert told == set(entry_kinds())
    assert schemas["ErrorCodes"]["enum"] == schemas["Error"]["properties"]["code"]["enum"] == list(KINDS)
    assert set(document["channels"]["socket"]["x-close-codes"]) == set(map(str, CLOSINGS))


def test_every_reply_belongs_to_a_command() -> None:
    assert set(REPLIES) <= set(COMMANDS)


def test_the_written_documents_are_not_stale() -> None:
    call_command("docs", "--check")


async def test_the_docs_page_loads_from_here_alone(market: Market, browser: Browser) -> None:
    page = await browser.new_page()
    complaints: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    await page.goto(f"{str(market.http.base_url).rstrip('/')}/api/docs")
    await page.get_by_text("/api/v1/threads/{thread}/commands").wait_for()
    assert complaints == []
    assert hosts == {market.http.base_url.netloc.decode()}
