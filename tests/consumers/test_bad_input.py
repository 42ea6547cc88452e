"""Whatever odd sends, the answer is the one that protocol.md names, nothing is written, and nobody else notices."""

import json
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from consumers.vocabulary import COMMANDS
from tests.api.market import new_id
from tests.consumers.person import online

GOOD: dict[str, dict[str, Any]] = {
    "auth.refresh": {"token": "nonsense"},
    "thread.subscribe": {"after": 0},
    "thread.unsubscribe": {},
    "thread.history": {"after": 0, "limit": 10},
    "thread.snapshot": {},
    "thread.list": {"limit": 10, "state": "pending", "cursor": "x"},
    "thread.read": {"seq": 1},
    "thread.delivered": {"seq": 1},
    "thread.typing": {"on": True},
    "thread.mute": {"on": True},
    "thread.archive": {"on": True},
    "thread.leave": {"confirm": True},
    "message.send": {"text": "hi", "purpose": "chat", "attachments": [], "reply_to": 1},
    "message.check": {"text": "hello"},
    "message.edit": {"target": 1, "text": "hi"},
    "message.redact": {"target": 1, "reason": "no longer true"},
    "message.report": {"target": 1, "reason": "it is rude"},
    "offer.make": {
        "title": "Logo",
        "price": {"amount": 100, "currency": "EUR"},
        "description": "A logo",
        "delivery_days": 3,
        "revisions": 1,
        "expires_in_s": 3600,
    },
    "offer.withdraw": {"offer": "o"},
    "offer.decline": {"offer": "o"},
    "offer.accept": {"offer": "o"},
    "offer.request": {"text": "more please"},
    "order.start": {"expect": 1},
    "order.decline": {"expect": 1},
    "order.withdraw": {"expect": 1},
    "order.deliver": {"expect": 1, "note": "here", "attachments": []},
    "order.close": {"expect": 1},
    "order.request_revision": {"expect": 1, "text": "bigger"},
    "order.accept_revision": {"expect": 1},
    "order.refuse_revision": {"expect": 1, "reason": "no"},
    "order.cancel": {"expect": 1, "reason": "ill"},
    "proposal.make": {
        "kind": "refund",
        "reason": "half is done",
        "amount": {"amount": 100, "currency": "EUR"},
        "deliver_by": "2027-01-01T00:00:00.000Z",
    },
    "proposal.accept": {"proposal": "p"},
    "proposal.decline": {"proposal": "p"},
    "proposal.withdraw": {"proposal": "p"},
    "support.open": {"text": "how do I open it?"},
    "support.resolve": {"item": "i"},
    "claim.file": {"reason": "not as agreed"},
    "claim.withdraw": {},
    "review.write": {"rating": 5, "text": "splendid"},
    "review.reply": {"text": "thank you"},
    "review.contest": {"ground": "abuse", "text": "look"},
    "moderation.watch": {"reason": "a report about this thread"},
    "moderation.feed": {
        "on": True,
        "state": "pending",
        "flagged": True,
        "user": "u",
        "currency": "EUR",
        "min_amount": 0,
        "max_amount": 5,
        "language": "fr",
        "sort": "risk",
        "limit": 10,
    },
    "moderation.queue": {"kinds": ["message"], "cursor": "x", "limit": 10},
    "moderation.take_item": {"item": "message:t:1"},
    "moderation.put_back": {"item": "claim:c"},
    "moderation.settle": {"item": "message:t:1", "outcome": "upheld", "reason": "it insults a person"},
    "moderation.case": {},
    "moderation.replay": {"seq": 1},
    "moderation.note": {"text": "seen before"},
    "moderation.release_message": {"target": "h"},
    "moderation.reject_message": {"target": "h", "reason": "it tells a phone number"},
    "moderation.freeze": {"reason": "a claim to look into"},
    "moderation.resolve": {"outcome": "split", "reason": "both are right", "amount": {"amount": 1, "currency": "EUR"}},
    "moderation.reject_claim": {"claim": "c", "reason": "there is nothing in it"},
    "moderation.rule_review": {"outcome": "keep", "reason": "it is an opinion"},
    "moderation.suspend": {"user": "u", "reason": "abuse of the chat"},
    "moderation.reinstate": {"user": "u", "reason": "an error of ours"},
    "moderation.warn": {"user": "u", "reason": "abuse of the chat"},
    "moderation.rule_appeal": {"appeal": "a", "outcome": "upheld", "reason": "it was as they say"},
    "moderation.audit": {"user": "u", "limit": 1},
    "moderation.appeals": {"limit": 1},
    "moderation.policies": {},
    "decision.list": {"limit": 1},
    "decision.appeal": {"decision": "d", "text": "unfair"},
}
THREADLESS = {
    *("auth.refresh", "thread.list", "moderation.suspend", "moderation.reinstate", "moderation.feed"),
    *("moderation.queue", "moderation.take_item", "moderation.put_back", "moderation.settle"),
    *(
        "moderation.warn",
        "moderation.rule_appeal",
        "moderation.audit",
        "moderation.appeals",
        "moderation.policies",
        "decision.list",
        "decision.appeal",
    ),
}
# Wrong for every field there is.
NO_IDS: list[Any] = ["5", 5, None, {}, "x" * 36]
WRONG = [[5], {"a": {"b": 1}}, 1.5, -1, "x" * 20_000, True, None]


def frames(kind: str, thread: str) -> dict[str, Any]:
    fields = GOOD[kind] if kind in THREADLESS else {"thread": thread, **GOOD[kind]}
    return {"type": kind, "id": new_id(), **fields}


def is_fit(kind: str, frame: dict[str, Any]) -> bool:
    """Does the published schema take it? Then it is no bad request, whatever becomes of it."""
    try:
        COMMANDS[kind].model_validate(frame)
    except ValueError:
        return False
    return True


def test_every_command_has_an_example_here():
    assert set(GOOD) == set(COMMANDS)
    for kind in GOOD:
        assert is_fit(kind, frames(kind, "t"))


@pytest.mark.parametrize("kind", sorted(COMMANDS))
async def test_every_field_missing_or_wrong_is_named(server, market, kind):
    placed = market.place()
    async with online(server, market, market.kim) as kim:
        good = frames(kind, placed["thread"])
        for field in [name for name in good if name not in ("type", "id")]:
            without = {name: value for name, value in good.items() if name != field}
            for frame in (without, *({**good, field: wrong} for wrong in WRONG)):
                if is_fit(kind, frame):
                    continue
                frame["id"] = new_id()
                await kim.say(**frame)
                error = await kim.until(lambda seen, frame=frame: seen.get("id") == frame["id"])
                assert (error["type"], error["code"], error["executed"]) == ("error", "bad_request", "no")
                assert error["field"].split(".")[0] == field
        for wrong in NO_IDS:
            since = len(kim.seen)
            await kim.say(**{**good, "id": wrong})
            if kind == "thread.typing" and wrong is None:
                continue
            error = await kim.until(lambda seen: seen["type"] == "error", since=since)
            assert (error["id"], error["code"], error["field"]) == (None, "bad_request", "id")
        snapshot = await kim.done("thread.snapshot", thread=placed["thread"])
        assert (snapshot["as_of"], snapshot["order"]["version"], snapshot["muted"]) == (2, 1, False)


@pytest.mark.parametrize("kind", sorted(set(COMMANDS) - THREADLESS - {"thread.typing", "thread.unsubscribe"}))
async def test_another_persons_thread_is_not_there(server, market, kind):
    thread = str(market.place()["thread"])
    async with online(server, market, market.odd) as odd:
        answers = []
        for name in (thread, "nowhere"):
            frame = frames(kind, name)
            del frame["id"]
            answers.append(await odd.refused(**frame))
        for answer in answers:
            assert answer.pop("id")
            assert answer["code"] == "not_found"
        assert answers[0] == answers[1]


def bent(random: Random, thread: str) -> str:
    """A good frame that something happened to."""
    text = json.dumps(frames(random.choice(sorted(GOOD)), thread))
    cut = random.randrange(len(text))
    odd_names = ("", "%00", "\\u0000", "../..", "' OR 1=1 --", "🌻" * 64, "x" * 64)
    return random.choice(
        (
            text[:cut],
            text[:cut] + chr(random.randrange(0x20, 0xD800)) + text[cut:],
            text.replace('"', "'", random.randrange(4)),
            text.replace(thread, random.choice(odd_names)),
            f"[{text}]",
            "[" * random.randrange(20_000),
        )
    )


async def test_random_frames_end_in_an_error_or_a_bye_and_never_in_a_fault(server, market):
    thread = str(market.place()["thread"])
    random = Random(11)
    codes: set[int | None] = set()
    for _ in range(60):
        async with online(server, market, market.odd) as odd:
            named = new_id()
            with suppress(ConnectionClosed):
                for _ in range(random.randrange(1, 8)):
                    await odd.socket.send(bent(random, thread))
                await odd.say(type="thread.list", id=named)
            last = await odd.until(lambda frame, named=named: named == frame.get("id") or frame["type"] == "bye")
            codes.add((await odd.end())[0] if last["type"] == "bye" else None)
            assert not [error for error in odd.of("error") if error["code"] in ("internal", "unavailable")]
    assert codes == {None, 4000}
    async with online(server, market, market.kim) as kim:
        assert (await kim.done("thread.snapshot", thread=thread))["as_of"] == 2
