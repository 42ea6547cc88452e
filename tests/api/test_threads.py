"""HTTP alone is a complete fallback: the same commands, the same answers (protocol.md §10)."""

from typing import Any

import jsonschema
import pytest

from tests.api.market import Market, bearer, new_id, problem


def send(market: Market, user: str, thread: str, text: str) -> dict[str, Any]:
    said = market.command(user, thread, "message.send", text=text)
    assert said.status_code == 200, said.text
    answer: dict[str, Any] = said.json()
    return answer


def test_kim_writes_and_sam_reads_what_she_wrote(market: Market) -> None:
    thread = market.place()["thread"]
    answer = send(market, market.kim, thread, "Hello Sam — größer, 日本語, 🙂")
    assert (answer["type"], answer["seq"], answer["duplicate"]) == ("ok", 3, False)
    page = market.get(market.sam, f"threads/{thread}/entries", after=2).json()
    assert (page["head"], page["complete"]) == (3, True)
    (entry,) = page["entries"]
    assert entry["text"] == "Hello Sam — größer, 日本語, 🙂"
    assert (entry["seq"], entry["kind"], entry["entry"]) == (3, "message", answer["entry"])
    assert entry["by"] == {"role": "buyer", "user": market.kim}
    assert "command" not in entry
    own = market.get(market.kim, f"threads/{thread}/entries", after=2).json()["entries"][0]
    assert own["command"] == answer["id"]


def test_the_thread_may_stand_in_the_command_too(market: Market) -> None:
    thread = market.place()["thread"]
    path, headers = f"/api/v1/threads/{thread}/commands", bearer(market.tokens[market.kim])
    body = {"type": "message.send", "id": new_id(), "text": "Hello", "thread": thread}
    assert market.http.post(path, headers=headers, json=body).status_code == 200


def test_the_same_id_has_one_effect(market: Market) -> None:
    thread = market.place()["thread"]
    path, headers = f"/api/v1/threads/{thread}/commands", bearer(market.tokens[market.kim])
    body = {"type": "message.send", "id": new_id(), "text": "Hello"}
    first = market.http.post(path, headers=headers, json=body).json()
    # Content is the known fields, with their defaults: a copy that spells them out is the same.
    again = market.http.post(path, headers=headers, json=body | {"purpose": "chat", "thread": thread, "x": 1}).json()
    assert again == first | {"duplicate": True}
    problem(market.http.post(path, headers=headers, json=body | {"text": "Bye"}), 422, "id_reused")
    assert market.get(market.kim, f"threads/{thread}/entries").json()["head"] == 3


def test_a_refusal_says_what_to_do(market: Market) -> None:
    thread = market.place()["thread"]
    said = problem(market.command(market.sam, thread, "order.start", expect=7), 409, "version_conflict")
    assert (said["executed"], said["retry"]) == ("no", "resync")
    assert said["info"] == {"version": 1, "state": "pending"}
    said = problem(market.command(market.kim, thread, "order.start", expect=1), 403, "wrong_role")
    assert said["retry"] == "never"
    said = problem(market.command(market.kim, thread, "thread.leave", confirm=True), 409, "order_active")
    assert said["info"]["state"] == "pending"


def test_a_page_goes_forward_or_backward(market: Market) -> None:
    thread = market.place()["thread"]
    for n in range(5):
        send(market, market.kim, thread, f"message {n}")

    def seqs(**query: int) -> tuple[list[int], bool]:
        page = market.get(market.kim, f"threads/{thread}/entries", **query).json()
        return [entry["seq"] for entry in page["entries"]], page["complete"]

    assert seqs() == ([1, 2, 3, 4, 5, 6, 7], True)
    assert seqs(after=0, limit=3) == ([1, 2, 3], False)
    assert seqs(after=3) == ([4, 5, 6, 7], True)
    assert seqs(before=4, limit=2) == ([2, 3], False)
    assert seqs(before=3) == ([1, 2], True)
    assert seqs(after=7) == ([], True)
    problem(market.get(market.kim, f"threads/{thread}/entries", after=8), 409, "cursor_ahead")


def test_the_list_goes_page_by_page_and_counts_what_is_unread(market: Market) -> None:
    threads = [market.place()["thread"] for _ in range(3)]
    send(market, market.sam, threads[0], "Are you there?")
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = market.get(market.kim, "threads", limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [row["thread"] for row in page["rows"]]
        cursor = page["cursor"]
        if cursor is None:
            break
    assert seen[0] == threads[0]
    assert sorted(seen) == sorted(threads)
    row = market.get(market.kim, "threads", limit=1).json()["rows"][0]
    assert row["other"]["user"] == market.sam
    assert row["last"]["preview"] == "Are you there?"
    assert row["unread"] >= 1
    assert market.get(market.kim, "threads", state="closed").json()["rows"] == []


def test_every_answer_is_what_the_document_says(market: Market) -> None:
    document = market.http.get("/api/openapi.json").json()
    placed = market.place()
    thread = placed["thread"]
    send(market, market.kim, thread, "Hello")
    told = {
        "OrderPlaced": placed,
        "OrderSeen": market.http.get(f"/api/v1/orders/{placed['order']}", headers=market.host).json(),
        "Entries": market.get(market.kim, f"threads/{thread}/entries").json(),
        "Snapshot": market.get(market.kim, f"threads/{thread}/snapshot").json(),
        "Rows": market.get(market.kim, "threads").json(),
        "Wallet": market.http.get(f"/api/v1/users/{market.sam}/wallet", headers=market.host).json(),
        "Ticket": market.http.post("/api/v1/tickets", headers=bearer(market.tokens[market.kim])).json(),
        "Problem": market.http.get("/api/v1/threads").json(),
    }

    def hold(name: str, said: Any) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(said)

    for name, said in told.items():
        hold(name, said)
    for entry in told["Entries"]["entries"]:
        hold("".join(part.capitalize() for part in entry["kind"].split(".")) + "Entry", entry)


def test_the_transcript_is_the_host_s_and_shows_staff_s_looks(market: Market) -> None:
    thread = market.place()["thread"]
    send(market, market.kim, thread, "Hello")
    reason = "a complaint by phone"
    assert market.command(market.mia, thread, "moderation.watch", reason=reason).status_code == 200
    said = market.http.get(f"/api/v1/threads/{thread}/transcript", headers=market.host)
    assert said.status_code == 200
    assert reason in said.text
    assert "Hello" in said.text
    path = f"/api/v1/threads/{new_id()}/transcript"
    problem(market.http.get(path, headers=market.host), 404, "not_found")


@pytest.mark.parametrize("kind", ["entries", "snapshot"])
def test_mia_sees_a_thread_after_she_gave_a_reason(market: Market, kind: str) -> None:
    thread = market.place()["thread"]
    problem(market.get(market.mia, f"threads/{thread}/{kind}"), 403, "reason_required")
    problem(
        market.command(market.mia, thread, "moderation.watch", reason="short"),
        403,
        "reason_required",
        "reason",
    )
    assert market.command(market.mia, thread, "moderation.watch", reason="a complaint by phone").status_code == 200
    assert market.get(market.mia, f"threads/{thread}/{kind}").status_code == 200


def test_mia_asks_over_http_how_a_thread_stood(market: Market) -> None:
    thread = market.place()["thread"]
    send(market, market.kim, thread, "Hello")
    path = f"threads/{thread}/replay"
    problem(market.get(market.mia, path, seq=2), 403, "reason_required")
    problem(market.get(market.kim, path, seq=2), 403, "wrong_role")
    problem(market.get(market.odd, path, seq=2), 404, "not_found")
    market.command(market.mia, thread, "moderation.watch", reason="a complaint by phone")
    told = market.get(market.mia, path, seq=2).json()
    assert (told["as_of"], told["snapshot"]["as_of"]) == (2, 2)
    assert set(told["capabilities"]) == {"buyer", "seller"}
    assert market.get(market.mia, path, at=told["at"]).json() == told
    problem(market.get(market.mia, path), 400, "bad_request", "seq")
    problem(market.get(market.mia, path, at="at three"), 400, "bad_request", "at")
