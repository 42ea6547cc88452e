"""What operators see (protocol.md §10)."""

from tests.api.market import Market


def test_the_server_is_alive_ready_and_measured(market: Market) -> None:
    assert market.http.get("/healthz").json() == {"status": "ok"}
    assert market.http.get("/readyz").json() == {"status": "ready"}
    metrics = market.http.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    assert "order_threads_sockets" in metrics.text
