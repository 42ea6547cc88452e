"""What the host is told of a seller (GET /api/v1/users/{user}/statistics)."""

import jsonschema

from tests.api.market import Market, bearer, problem
from tests.api.test_host import close_an_order


def test_the_host_reads_how_sam_deals_with_buyers(market: Market) -> None:
    placed = close_an_order(market)
    market.command(market.kim, placed["thread"], "review.write", rating=4, text="Fine.")
    path = f"/api/v1/users/{market.sam}/statistics"
    said = market.http.get(path, headers=market.host).json()
    one = {"rate": 1.0, "count": 1, "of": 1}
    assert (said["acceptance"], said["on_time"], said["completion"]) == (one, one, one)
    assert (said["orders"]["closed"], said["reviews"]) == (1, {"average": 4.0, "count": 1})
    assert said["first_answer"] == {"median_s": None, "count": 0, "unanswered": 0}
    document = market.http.get("/api/openapi.json").json()
    schema = {"$ref": "#/components/schemas/Statistics", "components": document["components"]}
    jsonschema.validate(said, schema)
    problem(market.http.get(path, headers=bearer(market.tokens[market.sam])), 403, "wrong_role")
    problem(market.http.get("/api/v1/users/nobody/statistics", headers=market.host), 404, "not_found")
