"""What operators see (protocol.md §10)."""

import httpx2
import pytest
from django.db import OperationalError

from api import health
from chat import installation
from consumers import draining
from tests.api.market import Market


def test_the_server_is_alive_ready_and_measured(market: Market) -> None:
    assert market.http.get("/healthz").json() == {"status": "ok"}
    assert market.http.get("/readyz").json() == {"status": "ready"}
    metrics = market.http.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    assert "order_threads_sockets" in metrics.text
    assert 'order_threads_jobs{state="dead"}' in metrics.text


async def test_a_server_without_its_tables_gets_no_traffic(
    inside: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await inside.get("/readyz")).status_code == 200
    monkeypatch.setattr(health, "migrated", lambda: False)
    assert (await inside.get("/readyz")).status_code == 503
    assert (await inside.get("/healthz")).status_code == 200


async def test_a_server_without_its_database_gets_no_traffic(
    inside: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> str:
        raise OperationalError("connection refused by db.internal:5432")

    monkeypatch.setattr(installation, "epoch", lost)
    said = await inside.get("/readyz")
    assert said.status_code == 503
    assert b"db.internal" not in said.content
    assert (await inside.get("/healthz")).status_code == 200


async def test_a_server_that_leaves_gets_no_traffic(
    inside: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "_leaving", True)
    assert (await inside.get("/readyz")).json() == {"status": "draining"}
    assert (await inside.get("/healthz")).status_code == 200
