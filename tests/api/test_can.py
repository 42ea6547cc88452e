"""The host's pages ask what somebody could do (GET and POST /api/v1/can)."""

from typing import Any

import pytest

from tests.api.market import Market, bearer, problem


def test_one_question_has_one_answer(market: Market) -> None:
    thread = market.place()["thread"]
    question = {"user": market.kim, "thread": thread, "command": "thread.leave"}
    said = market.http.get("/api/v1/can", headers=market.host, params=question).json()
    deadlines = market.get(market.kim, f"threads/{thread}/snapshot").json()["order"]["deadlines"]
    assert (said["allowed"], said["code"], said["until"]) == (False, "order_active", deadlines["start_by"])
    assert said["message"]
    started = question | {"user": market.sam, "command": "order.start"}
    assert market.http.get("/api/v1/can", headers=market.host, params=started).json() == {"allowed": True}


def test_a_hundred_questions_are_answered_in_order(market: Market) -> None:
    threads = [market.place()["thread"] for _ in range(2)]
    asked = [{"user": user, "thread": thread, "command": command}
             for thread in threads for user in (market.kim, market.sam)
             for command in ("order.start", "order.withdraw", "message.send", "message.shout") * 6][:100]  # fmt: skip
    said = market.http.post("/api/v1/can", headers=market.host, json={"asked": asked}).json()["answers"]
    codes = {"order.start": "wrong_role", "order.withdraw": None, "message.send": None, "message.shout": "unknown_type"}
    for question, answer in zip(asked, said, strict=True):
        expected = codes[question["command"]]
        if question["user"] == market.sam:
            expected = {"order.start": None, "order.withdraw": "wrong_role"}.get(question["command"], expected)
        assert (answer["allowed"], answer.get("code")) == (expected is None, expected)
    problem(
        market.http.post("/api/v1/can", headers=market.host, json={"asked": asked + asked[:5]}),
        400, "bad_request", "asked",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "status", "code", "field"),
    [({"user": "nobody"}, 404, "not_found", "user"), ({"thread": "nowhere"}, 404, "not_found", "thread"),
     ({"command": "message.shout"}, 400, "unknown_type", "command"), ({"command": ""}, 400, "bad_request", "command"),
     ({"user": "a b"}, 400, "bad_request", "user")],
)  # fmt: skip
def test_a_question_about_nothing_is_refused(
    market: Market, changed: dict[str, Any], status: int, code: str, field: str
) -> None:
    question = {"user": market.kim, "thread": market.place()["thread"], "command": "message.send"} | changed
    problem(market.http.get("/api/v1/can", headers=market.host, params=question), status, code, field)


@pytest.mark.parametrize("body", [{}, {"asked": []}, {"asked": "all"}, {"asked": [{"user": "kim"}]}])
def test_a_batch_that_asks_nothing_is_refused(market: Market, body: dict[str, Any]) -> None:
    said = market.http.post("/api/v1/can", headers=market.host, json=body)
    assert (said.status_code, said.json()["code"]) == (400, "bad_request")


def test_only_the_host_may_ask(market: Market) -> None:
    question = {"user": market.kim, "thread": market.place()["thread"], "command": "message.send"}
    said = market.http.get("/api/v1/can", headers=bearer(market.tokens[market.kim]), params=question)
    problem(said, 403, "wrong_role")
    problem(market.http.get("/api/v1/can", params=question), 401, "unauthenticated")
