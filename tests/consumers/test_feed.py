"""Mia's feed shows where every thread stands, within a second, without a word of anybody, and only as fast as she reads."""

import asyncio
import json
from typing import Any

import pytest

from tests.api.market import new_id, problem
from tests.consumers.person import Frame, Person, online

SECRET = "nobody but the two of us may read this"


def folded(mia: Person, page: Frame) -> dict[str, Any]:
    """The page as mia's screen shows it: what the reply said, and every frame after it."""
    shown = {row["thread"]: row for row in page["rows"]}
    for frame in mia.of("feed"):
        shown |= {row["thread"]: row for row in frame["rows"]}
        for thread in frame.get("out", ()):
            del shown[thread]
    return shown


async def shows(mia: Person, thread: str, within: float = 10, **fields: Any) -> Frame:
    """Wait until a frame tells this of the thread; returns the row."""

    def fits(frame: Frame) -> bool:
        return frame["type"] == "feed" and any(
            row["thread"] == thread and fields.items() <= row.items() for row in frame["rows"]
        )

    frame = await mia.until(fits, within=within)
    return next(row for row in frame["rows"] if row["thread"] == thread)


async def test_mia_sees_where_a_thread_stands_and_not_a_word_of_it(server, market):
    thread = str(market.place()["thread"])
    async with online(server, market, market.kim, market.mia) as (kim, mia):
        page = await mia.done("moderation.feed", on=True, user=market.kim)
        assert [(row["thread"], row["head"], row["kind"], row["flags"]) for row in page["rows"]] == [
            (thread, 2, "payment.held", [])
        ]
        sent = await kim.done("message.send", thread=thread, text=SECRET)
        row = await shows(mia, thread, head=sent["seq"])
        assert (row["kind"], row["state"], row["at"], row["title"]) == ("message", "pending", sent["at"], "A logo")
        assert [party["user"] for party in row["parties"]] == [market.kim, market.sam]
        await kim.done("message.report", thread=thread, target=sent["seq"], reason=SECRET)
        row = await shows(mia, thread, flags=["reported"])
        assert row["risk"] > 0
        assert row["waiting_since"] >= sent["at"]
        assert SECRET not in "".join(mia.frames)


async def test_what_fits_no_more_is_told_once_and_taken_out(server, market):
    thread = str(market.place()["thread"])
    async with online(server, market, market.kim, market.sam, market.mia) as (kim, sam, mia):
        page = await mia.done("moderation.feed", on=True, user=market.kim, state="pending")
        assert list(folded(mia, page)) == [thread]
        await sam.done("order.start", thread=thread, expect=1)
        out = await mia.see("feed", out=[thread])
        assert [row["state"] for row in out["rows"]] == ["in_progress"]
        await kim.done("message.send", thread=thread, text="not for this page")
        other = str(market.place()["thread"])
        await shows(mia, other)
        assert list(folded(mia, page)) == [other]
        assert sum(row["thread"] == thread for frame in mia.of("feed") for row in frame["rows"]) == 1


async def test_a_page_is_filtered_by_everything_that_is_asked_and_sorted(server, market):
    market.put(market.kim, locale="fr-FR")
    cheap, dear = (
        str(market.post_order(price={"amount": amount, "currency": "EUR"}).json()["thread"])
        for amount in (500, 900_000)
    )
    async with online(server, market, market.kim, market.mia) as (kim, mia):
        assert market.command(market.kim, cheap, "message.send", text="Hello").status_code == 200

        async def asks(**filters: Any) -> list[str]:
            page = await mia.done("moderation.feed", on=True, user=market.kim, **filters)
            return [row["thread"] for row in page["rows"]]

        assert await asks() == [cheap, dear]
        assert await asks(sort="risk") == [dear, cheap]
        assert await asks(min_amount=501) == [dear]
        assert await asks(max_amount=500, currency="EUR") == [cheap]
        assert await asks(currency="USD") == []
        assert await asks(language="fr") == [cheap, dear]
        assert await asks(language="de") == []
        assert await asks(limit=1) == [cheap]
        assert await asks(flagged=True) == []
        await kim.done(
            "message.report",
            thread=dear,
            target=(await kim.done("message.send", thread=dear, text="Oh"))["seq"],
            reason="rude",
        )
        await kim.done("message.send", thread=cheap, text="the newest")
        assert await asks(flagged=True) == [dear]
        assert await asks(flagged=False) == [cheap]
        assert await asks(sort="waiting") == [dear, cheap]


async def test_a_page_that_lost_a_row_is_filled_up_again(server, market):
    threads = [str(market.place()["thread"]) for _ in range(3)]
    async with online(server, market, market.sam, market.mia) as (sam, mia):
        page = await mia.done("moderation.feed", on=True, user=market.kim, state="pending", limit=2)
        assert list(folded(mia, page)) == threads[:0:-1]
        await sam.done("order.start", thread=threads[2], expect=1)
        await shows(mia, threads[0])
        assert set(folded(mia, page)) == set(threads[:2])


async def test_a_moderator_who_does_not_read_gets_one_frame_and_then_catches_up(server, market):
    thread = str(market.place()["thread"])
    async with online(server, market, market.kim, market.mia) as (kim, mia):
        page = await mia.done("moderation.feed", on=True, user=market.kim)
        mia.answers_pings = False
        await kim.done("message.send", thread=thread, text="one")
        first = await mia.see("feed")
        ping = await mia.see("ping", since=mia.seen.index(first))
        for number in range(8):
            await kim.done("message.send", thread=thread, text=str(number))
            await asyncio.sleep(0.15)
        assert len(mia.of("feed")) == 1
        mia.answers_pings = True
        await mia.say(type="pong", n=ping["n"])
        await shows(mia, thread, head=11)
        assert folded(mia, page)[thread]["head"] == 11
        assert len(mia.of("feed")) <= 4


async def test_after_a_crowd_has_written_the_page_is_what_the_database_says(server, market):
    threads = [str(market.place()["thread"]) for _ in range(12)]
    async with online(server, market, market.kim, market.sam, market.kim, market.mia, market.mia) as (
        *people,
        mia,
        other,
    ):
        page = await mia.done("moderation.feed", on=True, user=market.kim, limit=100)

        async def writes(person: Person, share: list[str]) -> int:
            for number in range(8):
                names = [new_id() for _ in share]
                for thread, name in zip(share, names, strict=True):
                    await person.say(type="message.send", id=name, thread=thread, text=f"{SECRET} {number}")
                for name in names:
                    await person.see("ok", id=name)
            return len(share)

        await asyncio.gather(*(writes(person, threads[i : i + 8]) for i, person in enumerate(people)))
        sent = await people[0].done("message.send", thread=threads[0], text="the last")
        await people[0].done("message.report", thread=threads[0], target=sent["seq"], reason="rude")
        await shows(mia, threads[0], head=sent["seq"], flags=["reported"])
        truth = {row["thread"]: row for row in (await other.done("moderation.feed", on=True, user=market.kim))["rows"]}
        await mia.until(lambda _: folded(mia, page) == truth)
        assert len(truth) == len(threads)
        assert all(len(frame["rows"]) <= 100 for frame in mia.of("feed"))
        assert SECRET not in "".join(mia.frames)


async def test_only_moderators_have_a_feed_and_only_while_they_are_let(server, market):
    thread = str(market.place()["thread"])
    async with online(server, market, market.kim, market.mia, market.mia) as (kim, mia, other):
        for user in (market.kim, market.odd):
            async with online(server, market, user) as person:
                assert (await person.refused("moderation.feed", on=True))["code"] == "wrong_role"
        over_http = market.command(market.mia, thread, "moderation.feed", on=True)
        problem(over_http, 400, "unknown_type")
        await mia.done("moderation.feed", on=True, user=market.kim)
        await other.done("moderation.feed", on=True, user=market.kim)
        assert "rows" not in await mia.done("moderation.feed", on=False)
        sent = await kim.done("message.send", thread=thread, text="one")
        await shows(other, thread, head=sent["seq"])
        assert mia.of("feed") == []
        said = market.http.post(
            f"/api/v1/users/{market.mia}/suspend", headers=market.host, json={"reason": "left the staff"}
        )
        assert said.status_code == 200
        assert (await other.end(within=5))[0] == 4003


async def test_who_is_no_moderator_any_more_has_no_feed_any_more(server, market):
    async with online(server, market, market.mia, market.kim) as (mia, kim):
        await mia.done("moderation.feed", on=True, user=market.kim)
        market.put(market.kim, name="Kim again")
        assert market.put(market.mia).status_code == 200
        assert (await mia.end(within=5))[0] == 4006
        market.tokens[market.mia] = market.token(market.mia)
        async with online(server, market, market.mia) as again:
            assert (await again.refused("moderation.feed", on=True))["code"] == "wrong_role"
        assert (await kim.done("thread.list"))["rows"] == []


@pytest.mark.postgres
async def test_a_feed_shows_what_another_process_wrote_also_without_redis(stack, server, market):
    threads = [str(market.place()["thread"]) for _ in range(4)]
    async with online(server, market, *[market.mia] * 6) as mias, online(server, market, *[market.kim] * 4) as kims:
        for mia in mias:
            await mia.done("moderation.feed", on=True, user=market.kim)
        for kim, thread in zip(kims, threads, strict=True):
            await kim.done("message.send", thread=thread, text="Hello")
        for mia in mias:
            for thread in threads:
                await shows(mia, thread, head=3)
        stack.valkey.kill()
        try:
            for kim, thread in zip(kims, threads, strict=True):
                sent = await kim.done("message.send", thread=thread, text="without Redis")
                await kim.done("message.report", thread=thread, target=sent["seq"], reason="rude")
            for mia in mias:
                for thread in threads:
                    await shows(mia, thread, head=4, flags=["reported"])
        finally:
            stack.valkey.start()
        assert json.dumps([mia.seen for mia in mias]).count("without Redis") == 0
