"""A fault of ours is one shape too, tells nothing, and is in the log (protocol.md §8, `internal`, `unavailable`)."""

import logging

import httpx2
import pytest
from django.db import OperationalError

from chat import people
from tests.api.market import bearer
from tests.stack import SERVICE_KEY

PATH = "/api/v1/users/kim/wallet"


HOST = bearer(SERVICE_KEY)


async def test_a_bug_is_internal_and_logged_with_its_trace(
    inside: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(user: str) -> None:
        raise RuntimeError("a secret of the database")

    monkeypatch.setattr(people, "find", broken)
    said = await inside.get(PATH, headers=HOST)
    assert said.status_code == 500
    assert said.headers["content-type"] == "application/problem+json"
    assert (said.json()["code"], said.json()["executed"], said.json()["retry"]) == ("internal", "unknown", "same")
    assert b"secret" not in said.content
    assert any(record.exc_info and record.levelno == logging.ERROR for record in caplog.records)


async def test_a_lost_database_is_unavailable(inside: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(user: str) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(people, "find", lost)
    said = await inside.get(PATH, headers=HOST)
    assert said.status_code == 503
    assert (said.json()["code"], said.json()["executed"], said.json()["retry"]) == ("unavailable", "no", "same")


async def test_a_host_that_we_do_not_serve_is_a_problem_for_programs_and_a_page_for_people(
    inside: httpx2.AsyncClient,
) -> None:
    said = await inside.get(PATH, headers={"Host": "evil.example"})
    assert (said.status_code, said.headers["content-type"]) == (400, "application/problem+json")
    page = await inside.get("/", headers={"Host": "evil.example"})
    assert (page.status_code, page.headers["content-type"].split(";")[0]) == (400, "text/html")


async def test_an_address_of_people_that_is_not_there_is_a_page(inside: httpx2.AsyncClient) -> None:
    page = await inside.get("/nothing/here")
    assert (page.status_code, page.headers["content-type"].split(";")[0]) == (404, "text/html")
