"""What is for staff alone, or for one person alone, reaches nobody else: a hundred planted words, and every way out."""

import asyncio
import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from chat import jobs
from chat.models import Job
from tests.api.market import Market, new_id
from tests.books import elsewhere
from tests.consumers.person import online
from tests.notices.browser import PushBrowser
from tests.notices.post import Post, open_post
from tests.notices.pushservices import PushService, open_push_service
from tests.services.server import Server
from tests.stack import Stack

PLANTED = re.compile(r"planted-[0-9a-f]{32}")


@dataclass
class Garden:
    """A server with its mail and push services, and who may read which planted word."""

    server: Server
    market: Market
    post: Post
    pushes: PushService
    browsers: dict[str, PushBrowser] = field(default_factory=dict)
    readers: dict[str, set[str]] = field(default_factory=dict)
    threads: list[str] = field(default_factory=list)
    appealed: list[str] = field(default_factory=list)

    def plant(self, *readers: str) -> str:
        """A word that only these parties may ever read."""
        word = f"planted-{uuid.uuid4().hex}"
        self.readers[word] = set(readers)
        return f"look here: {word}"

    def does(self, who: str, thread: str, kind: str, /, **said: Any) -> Any:
        answer = self.market.command(who, thread, kind, **said)
        assert answer.status_code == 200, (kind, answer.text)
        return answer.json()

    def place(self) -> str:
        self.threads.append(str(self.market.place()["thread"]))
        return self.threads[-1]

    def step(self, who: str, thread: str, kind: str, /, **said: Any) -> None:
        version = self.market.get(self.market.kim, f"threads/{thread}/snapshot").json()["order"]["version"]
        self.does(who, thread, kind, expect=version, **said)


@pytest.fixture
def garden(stack: Stack, start_server: Callable[..., Server]) -> Iterator[Garden]:
    with ExitStack() as opened:
        post, pushes = opened.enter_context(open_post()), opened.enter_context(open_push_service())
        url = stack.new_database()
        server = start_server(
            DATABASE_URL=url,
            EMAIL_URL=f"smtp+plain://localhost:{post.port}",
            EMAIL_FROM="Shop <orders@shop.example>",
            PUBLIC_URL="https://orders.example",
            PUSH_ALLOW_PRIVATE="1",
            CATCHING="email=mask",
        )
        market = Market(opened.enter_context(httpx2.Client(base_url=server.url, timeout=30)))
        opened.enter_context(elsewhere(url))
        garden = Garden(server, market, post, pushes)
        for who in (market.kim, market.sam, market.odd):
            browser = garden.browsers[who] = PushBrowser()
            said = {"kind": "web", "endpoint": f"{pushes.url}/{who}", "keys": browser.keys}
            answer = market.http.post(
                "/api/v1/push-subscriptions", headers={"Authorization": f"Bearer {market.tokens[who]}"}, json=said
            )
            assert answer.status_code == 200, answer.text
        yield garden


def sow(garden: Garden) -> None:
    """A quarrel of kim and sam, with everything that staff are told or tell each other."""
    market = garden.market
    kim, sam, mia = market.kim, market.sam, market.mia
    for _ in range(3):
        thread = garden.place()
        garden.does(mia, thread, "moderation.watch", reason=garden.plant())
        for _ in range(10):
            garden.does(mia, thread, "moderation.note", text=garden.plant())
        for who, other in ((kim, sam), (sam, kim)):
            sent = garden.does(who, thread, "message.send", text="Hello")["seq"]
            garden.does(other, thread, "message.report", target=sent, reason=garden.plant(other))
            # What is masked stands in nobody's log, and what was found in it is for its author and for staff.
            caught = garden.does(who, thread, "message.send", text=f"{garden.plant()}@example.com")["caught"]
            assert caught[0]["kind"] == "email"
            claim = garden.does(who, thread, "claim.file", reason=garden.plant(who))["claim"]
            garden.does(mia, thread, "moderation.reject_claim", claim=claim, reason=garden.plant(who))
            garden.does(who, thread, "claim.file", reason=garden.plant(who))
        garden.does(mia, thread, "moderation.freeze", reason=garden.plant())
        for who in (kim, sam):
            for _ in range(3):
                garden.does(who, thread, "message.send", purpose="statement", text=garden.plant(who))
        for who in (kim, sam):
            warned = garden.does(mia, thread, "moderation.warn", user=who, reason=garden.plant(who))["decision"]
            appealed = garden.does(who, thread, "decision.appeal", decision=warned, text=garden.plant(who))["appeal"]
            garden.appealed.append(appealed)
        garden.does(mia, thread, "moderation.resolve", outcome="unfreeze", reason="there was nothing in it")
    reviewed = garden.place()
    garden.step(sam, reviewed, "order.start")
    garden.step(sam, reviewed, "order.deliver", note="Here it is.")
    garden.step(kim, reviewed, "order.close")
    garden.does(kim, reviewed, "review.write", rating=1, text="Dull")
    garden.does(sam, reviewed, "review.contest", ground="abuse", text=garden.plant(sam))
    for _ in range(2):
        garden.does(mia, reviewed, "moderation.suspend", user=market.odd, reason=garden.plant(market.odd))
        garden.does(mia, reviewed, "moderation.reinstate", user=market.odd, reason=garden.plant(market.odd))
    for _ in range(3):
        garden.does(mia, reviewed, "moderation.watch", reason=garden.plant())


def rule(garden: Garden) -> None:
    """What a lead makes of the appeals; read before, they have been ruled on and are gone from her list."""
    for appeal in garden.appealed:
        who = garden.market.kim if garden.appealed.index(appeal) % 2 == 0 else garden.market.sam
        ruling = {"appeal": appeal, "outcome": "upheld", "reason": garden.plant(who)}
        garden.does(garden.market.lea, garden.threads[0], "moderation.rule_appeal", **ruling)


async def all_sown(garden: Garden) -> dict[str, str]:
    """What reaches the sockets of each while it happens, and what they then ask for over them."""
    market = garden.market
    users = (market.kim, market.sam)
    async with online(garden.server, market, *users) as people:
        await asyncio.to_thread(sow, garden)
        seen = await asyncio.to_thread(for_staff, garden)
        # It was all there to be seen, for staff.
        assert words(seen) == set(garden.readers)
        await asyncio.to_thread(rule, garden)
        for user, person in zip(users, people, strict=True):
            for thread in garden.threads:
                await person.done("thread.subscribe", thread=thread)
                await person.done("thread.history", thread=thread, after=0, limit=100)
            await person.done("thread.list", limit=100)
            last = await person.done("decision.list", limit=100)
            # Each of them was told of each decision at once, too.
            assert len(last["decisions"]) == 6, user
            assert len(person.of("decision")) >= 6
        return {user: "".join(person.frames) for user, person in zip(users, people, strict=True)}


def over_http(garden: Garden, user: str) -> str:
    read = ["threads?limit=100"]
    for thread in garden.threads:
        read += [f"threads/{thread}/snapshot", f"threads/{thread}/entries?after=0&limit=100"]
        read += [f"threads/{thread}/transcript"]
    told = [garden.market.http.get(f"/api/v1/{path}", headers=bearer_of(garden, user)).text for path in read]
    thread = garden.threads[0]
    for command in ("decision.list", "moderation.audit", "moderation.appeals"):
        said = {"type": command, "id": new_id(), "limit": 100}
        told.append(
            garden.market.http.post(
                f"/api/v1/threads/{thread}/commands", headers=bearer_of(garden, user), json=said
            ).text
        )
    return "".join(told)


def bearer_of(garden: Garden, user: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {garden.market.tokens[user]}"}


def letters_to(garden: Garden, user: str) -> list[str]:
    return [
        f"{letter}{body.get_content()}"
        for letter in garden.post.letters
        if user in str(letter["To"])
        for body in (letter.get_body(("plain",)), letter.get_body(("html",)))
        if body is not None
    ]


def for_staff(garden: Garden) -> str:
    """What staff and the host do see: the transcripts, what a moderator and a lead read."""
    market = garden.market
    seen = [market.http.get(f"/api/v1/threads/{t}/transcript", headers=market.host).text for t in garden.threads]
    for thread in garden.threads:
        seen.append(json.dumps(garden.does(market.mia, thread, "moderation.case")))
        seen.append(market.get(market.mia, f"threads/{thread}/snapshot").text)
    reads = ("moderation.audit", "moderation.appeals")
    seen += [json.dumps(garden.does(market.lea, garden.threads[0], read, limit=100)) for read in reads]
    return "".join(seen)


def words(text: str) -> set[str]:
    return set(PLANTED.findall(text))


def test_a_hundred_planted_words_reach_only_whom_they_are_for(garden: Garden) -> None:
    market = garden.market
    frames = asyncio.run(all_sown(garden))
    assert len(garden.readers) >= 100
    # It was there to be seen (all_sown: by staff), and each person sees what is theirs.
    assert len([word for word, readers in garden.readers.items() if not readers]) > 40
    for _ in range(600):
        if not Job.objects.filter(state=jobs.WAITING).exists():
            break
        asyncio.run(asyncio.sleep(0.1))
    for user in (market.kim, market.sam):
        own = {word for word, readers in garden.readers.items() if user in readers}
        seen = words(frames[user] + over_http(garden, user))
        assert len(own & seen) >= 20
        assert not seen - own, "over a socket or HTTP"
        letters = letters_to(garden, user)
        assert len(letters) > 10
        assert not words("".join(letters)), "by mail"
        pushes = [garden.browsers[user].reads(push.body).decode() for push in garden.pushes.at(f"/{user}")]
        assert len(pushes) > 5
        assert not words("".join(pushes)), "by push"
    assert not words(over_http(garden, market.odd)) - {w for w, who in garden.readers.items() if market.odd in who}
    assert not words("".join(letters_to(garden, market.odd)))
