"""People on live sockets: what one does, the others see, in order and once; who misbehaves is told why and closed."""

import asyncio
import json
import time

import pytest
from websockets.exceptions import InvalidStatus

from tests.api.market import bearer, new_id
from tests.consumers.person import PATIENCE_S, Person, knock, online

# The door.


@pytest.mark.parametrize(
    ("path", "protocol", "origin"),
    [
        ("/ws/v1", None, None),
        ("/ws/v1", "order-threads.v2", None),
        ("/ws/v1", "order-threads.v1", "https://evil.example"),
        ("/ws/v1", "order-threads.v1", "null"),
        ("/ws/v2", "order-threads.v1", None),
        ("/ws/v1/", "order-threads.v1", None),
        ("/", "order-threads.v1", None),
    ],
)
async def test_a_handshake_that_is_not_ours_gets_403(server, path, protocol, origin):
    with pytest.raises(InvalidStatus) as caught:
        await knock(server, path, protocol=protocol, origin=origin)
    assert caught.value.response.status_code == 403


async def test_an_app_without_origin_and_a_page_of_ours_are_let_in_and_the_query_is_not_read(server):
    for path, origin in (("/ws/v1?token=secret", None), ("/ws/v1", server.url)):
        async with await knock(server, path, origin=origin) as person:
            assert person.socket.subprotocol == "order-threads.v1"


@pytest.mark.parametrize("hello", [{}, {"token": "nonsense"}, {"token": ""}, {"ticket": "spent"}, {"token": 5}])
async def test_without_a_good_credential_nobody_enters(server, hello):
    async with await knock(server) as odd:
        await odd.say(type="hello", **hello)
        code, bye = await odd.end()
        assert code == 4002
        assert (bye["type"], bye["code"], bye["reconnect"]) == ("bye", 4002, "no")


async def test_a_command_before_hello_closes(server):
    async with await knock(server) as odd:
        await odd.say(type="thread.list", id=new_id())
        assert (await odd.end())[0] == 4000


async def test_kim_is_welcomed(server, market):
    async with online(server, market, market.kim) as kim:
        welcome = kim.seen[0]
        assert (welcome["user"], welcome["role"]) == (market.kim, "user")
        assert welcome["epoch"]
        assert welcome["now"].endswith("Z")
        assert welcome["auth_expires"] > welcome["now"]
        assert "lead" not in welcome


async def test_lea_is_welcomed_as_a_moderator_who_leads(server, market):
    async with online(server, market, market.lea) as lea:
        assert (lea.seen[0]["role"], lea.seen[0]["lead"]) == ("moderator", True)
        # Who leads no longer comes in anew, as what they are now.
        market.put(market.lea, role="moderator")
        assert (await lea.end())[0] == 4006


async def test_a_ticket_opens_one_socket_of_its_page(server, market):
    said = market.http.post("/api/v1/tickets", headers=bearer(market.tokens[market.kim]) | {"Origin": server.url})
    ticket = said.json()["ticket"]
    async with await knock(server, origin=server.url) as kim:
        await kim.say(type="hello", ticket=ticket)
        assert (await kim.see("welcome"))["user"] == market.kim
    async with await knock(server, origin=server.url) as again:
        await again.say(type="hello", ticket=ticket)
        assert (await again.end())[0] == 4002


# Talking.


async def both(server, market, kim: Person, sam: Person) -> str:
    """A new order's thread that both follow from the beginning."""
    thread = str(market.place()["thread"])
    for person in (kim, sam):
        await person.done("thread.subscribe", thread=thread, after=0)
        await person.see("caught_up", thread=thread)
    return thread


async def test_kim_writes_and_both_read_it_but_only_kim_sees_which_command_it_was(server, market):
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        thread = await both(server, market, kim, sam)
        named = new_id()
        answer = await kim.done("message.send", id=named, thread=thread, text="Good morning, Sam 🌻")
        mine = await kim.sees_entry(thread, answer["seq"])
        theirs = await sam.sees_entry(thread, answer["seq"])
        assert mine.pop("command") == named
        assert mine == theirs
        assert theirs["text"] == "Good morning, Sam 🌻"
        assert theirs["by"] == {"role": "buyer", "user": market.kim}
        assert (theirs["entry"], theirs["at"]) == (answer["entry"], answer["at"])


async def test_the_answer_and_the_entry_that_it_made_leave_in_one_frame(server, market):
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        thread = await both(server, market, kim, sam)
        await kim.done("message.send", thread=thread, text="hello")
        await sam.done("order.start", thread=thread, expect=1)
        for person, seq in ((kim, 3), (sam, 4)):
            await person.sees_entry(thread, seq)
            frame = next(json.loads(text) for text in person.frames if f'"seq":{seq},' in text)
            assert {each["type"] for each in frame} >= {"entries", "ok"}


async def test_the_same_id_has_one_effect_on_this_socket_another_and_over_http(server, market):
    async with online(server, market, market.kim, market.kim) as (phone, laptop):
        thread = await both(server, market, phone, laptop)
        named = new_id()
        for _ in range(3):
            for socket in (phone, laptop):
                await socket.say(type="message.send", id=named, thread=thread, text="once")
        for socket in (phone, laptop):
            await socket.until(lambda _, socket=socket: len(socket.of("ok")) == 4)
        socket_answers = [frame for socket in (phone, laptop) for frame in socket.of("ok") if frame["id"] == named]
        body = {"type": "message.send", "id": named, "thread": thread, "text": "once"}
        headers = bearer(market.tokens[market.kim])
        http = market.http.post(f"/api/v1/threads/{thread}/commands", headers=headers, json=body).json()
        answers = [*socket_answers, http]
        assert {answer["seq"] for answer in answers} == {3}
        assert sorted(answer["duplicate"] for answer in answers) == [False] + [True] * 6
        assert (await phone.refused("message.send", id=named, thread=thread, text="twice"))["code"] == "id_reused"
        assert phone.seqs(thread) == [1, 2, 3]


async def test_what_one_socket_sends_at_once_is_stored_in_that_order(server, market):
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        thread = await both(server, market, kim, sam)
        for number in range(60):
            await kim.say(type="message.send", id=new_id(), thread=thread, text=str(number))
        for person in (kim, sam):
            await person.sees_entry(thread, 62)
        assert [entry["text"] for entry in sam.entries(thread)[2:]] == [str(number) for number in range(60)]
        assert sam.seqs(thread) == kim.seqs(thread) == list(range(1, 63))


async def test_sam_was_away_and_comes_back_to_every_entry_once(server, market):
    async with online(server, market, market.kim) as kim:
        thread = str(market.place()["thread"])
        for number in range(130):
            await kim.done("message.send", thread=thread, text=str(number))
        epoch = kim.seen[0]["epoch"]
        resume = {"epoch": epoch, "threads": {thread: 5, "nowhere": 1}}
        async with online(server, market, market.sam, resume=resume) as sam:
            assert (await sam.see("subscribed"))["mode"] == "replay"
            refused = await sam.see("error", thread="nowhere")
            assert (refused["id"], refused["code"]) == (None, "not_found")
            assert (await sam.see("caught_up", thread=thread))["seq"] == 132
            await kim.done("message.send", thread=thread, text="live")
            await sam.sees_entry(thread, 133)
            assert sam.seqs(thread) == list(range(6, 134))
            assert max(len(frame["entries"]) for frame in sam.of("entries")) <= 100


async def test_another_epoch_is_a_fresh_start_on_an_open_socket(server, market):
    async with online(server, market, market.kim, resume={"epoch": "before", "threads": {"t": 1}}) as kim:
        assert await kim.see("reset", scope="all")
        assert (await kim.ask("thread.list"))["type"] == "ok"


async def test_without_a_cursor_or_too_far_behind_there_is_a_snapshot(start_server, market_at):
    server = start_server(fresh=True, REPLAY_ENTRIES="3")
    market = market_at(server)
    thread = str(market.place()["thread"])
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        for number in range(5):
            await kim.done("message.send", thread=thread, text=str(number))
        for person, after in ((kim, None), (sam, 1)):
            answer = await person.done("thread.subscribe", thread=thread, **({} if after is None else {"after": after}))
            snapshot = answer["snapshot"]
            assert (answer["mode"], answer["head"], snapshot["as_of"]) == ("snapshot", 7, 7)
            assert (await person.see("caught_up", thread=thread))["seq"] == 7
            assert all(party["online"] for party in snapshot["parties"])
        await kim.done("message.send", thread=thread, text="live")
        await sam.sees_entry(thread, 8)
        assert sam.seqs(thread) == [8]


async def test_a_history_of_long_letters_comes_in_pages_that_fit_a_frame(server, market):
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        thread = await both(server, market, kim, sam)
        for number in range(30):
            await kim.done("message.send", thread=thread, text=str(number % 10) * 4000)
        seqs: list[int] = []
        while True:
            page = await sam.done("thread.history", thread=thread, after=seqs[-1] if seqs else 0, limit=100)
            seqs += [entry["seq"] for entry in page["entries"]]
            if page["complete"]:
                break
        assert seqs == list(range(1, 33))
        back: list[int] = []
        while not back or not page["complete"]:
            page = await sam.done("thread.history", thread=thread, limit=100, **({"before": back[0]} if back else {}))
            back = [entry["seq"] for entry in page["entries"]] + back
        assert back == seqs
        assert max(len(frame.encode()) for frame in sam.frames) <= 64 * 1024


async def test_an_outsider_cannot_tell_a_foreign_thread_from_none(server, market):
    thread = str(market.place()["thread"])
    async with online(server, market, market.odd) as odd:
        for kind, more in (("thread.subscribe", {}), ("thread.history", {}), ("message.send", {"text": "hi"})):
            answers = [await odd.refused(kind, thread=name, **more) for name in (thread, "nowhere")]
            for answer in answers:
                del answer["id"]
            assert answers[0] == answers[1]
            assert answers[0]["code"] == "not_found"


async def test_a_cursor_ahead_of_the_log_is_refused(server, market):
    thread = str(market.place()["thread"])
    async with online(server, market, market.kim) as kim:
        assert (await kim.refused("thread.subscribe", thread=thread, after=99))["code"] == "cursor_ahead"
        await kim.done("thread.subscribe", thread=thread, after=2)


async def test_subscribing_twice_and_unsubscribing(server, market):
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        thread = await both(server, market, kim, sam)
        assert (await sam.done("thread.subscribe", thread=thread, after=0))["already"] is True
        assert set(await sam.done("thread.unsubscribe", thread=thread)) == {"type", "id"}
        await kim.done("message.send", thread=thread, text="unheard")
        await sam.done("thread.subscribe", thread=thread, after=2)
        await sam.sees_entry(thread, 3)
        assert sam.seqs(thread) == [1, 2, 3]


# Rights, as they change.


async def test_the_delivery_locks_both_composers_within_a_second(server, market):
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        thread = await both(server, market, kim, sam)
        version = (await sam.done("order.start", thread=thread, expect=1))["order_version"]
        await sam.done("order.deliver", thread=thread, expect=version, note="Here it is.")
        for person in (kim, sam):
            await person.until(
                lambda frame: (
                    frame["type"] == "capabilities"
                    and frame["refused"].get("message.send", {}).get("code") == "chat_blocked"
                ),
                within=1,
            )
            last = person.of("capabilities")[-1]
            assert person.seqs(thread)[-1] >= last["as_of"]
        refused = await kim.refused("message.send", thread=thread, text="?")
        assert (refused["code"], refused["info"]["state"]) == ("chat_blocked", "delivered")


async def test_capabilities_are_told_only_when_they_change(server, market):
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        thread = await both(server, market, kim, sam)
        await kim.done("message.send", thread=thread, text="the first makes editing and reporting possible")
        await kim.until(lambda f: f["type"] == "capabilities" and "message.edit" in f["allowed"], within=1)
        await sam.until(lambda f: f["type"] == "capabilities" and "message.report" in f["allowed"], within=1)
        told = len(kim.of("capabilities")), len(sam.of("capabilities"))
        for number in range(5):
            await kim.done("message.send", thread=thread, text=str(number))
        await sam.sees_entry(thread, 8)
        await asyncio.sleep(0.3)
        assert (len(kim.of("capabilities")), len(sam.of("capabilities"))) == told


async def test_an_edit_window_closes_by_itself_and_says_so(start_server, market_at):
    server = start_server(fresh=True)
    market = market_at(server)
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        thread = await both(server, market, kim, sam)
        await kim.done("message.send", thread=thread, text="Hello")
        await kim.until(lambda f: f["type"] == "capabilities" and "message.edit" in f["allowed"], within=1)
        market.http.post("/api/v1/clock", headers=market.host, json={"advance_s": 16 * 60})
        await kim.until(
            lambda f: (
                f["type"] == "capabilities" and f["refused"].get("message.edit", {}).get("code") == "edit_window_over"
            ),
            since=len(kim.seen) - 1,
            within=4,
        )


async def test_one_leaves_and_the_other_learns_it_at_once(server, market):
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        thread = await both(server, market, kim, sam)
        await sam.done("order.decline", thread=thread, expect=1)
        left = await kim.done("thread.leave", thread=thread, confirm=True)
        await sam.sees_entry(thread, left["seq"] + 1, within=1)
        assert [entry["kind"] for entry in sam.entries(thread)[-2:]] == ["party.left", "thread.closed"]
        await sam.until(
            lambda f: (
                f["type"] == "capabilities" and f["refused"].get("message.send", {}).get("code") == "thread_closed"
            ),
            within=1,
        )
        assert (await sam.refused("message.send", thread=thread, text="wait"))["code"] == "thread_closed"


# What may be lost.


async def test_typing_and_coming_online_are_told_to_the_other_party_only(server, market):
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        thread = await both(server, market, kim, sam)
        for _ in range(3):
            await kim.say(type="thread.typing", thread=thread, on=True)
        assert await sam.see("typing") == {"type": "typing", "thread": thread, "user": market.kim, "on": True}
        since = len(sam.seen)
        await kim.leave()
        assert await sam.see("presence", since=since, user=market.kim, online=False)
        async with online(server, market, market.kim):
            assert await sam.see("presence", since=since, user=market.kim, online=True)
        await asyncio.sleep(0.2)
        assert len(sam.of("typing")) == 1
        assert not kim.of("typing")


async def test_what_kim_has_read_is_told_to_sam_and_to_her_other_devices(server, market):
    async with online(server, market, market.kim, market.kim, market.sam) as (phone, laptop, sam):
        thread = await both(server, market, phone, sam)
        await laptop.done("thread.subscribe", thread=thread)
        assert (await phone.done("thread.read", thread=thread, seq=2))["seq"] == 2
        for person in (laptop, sam):
            assert await person.see("read") == {"type": "read", "thread": thread, "user": market.kim, "seq": 2}
        assert (await phone.done("thread.read", thread=thread, seq=1))["seq"] == 2


# Moderators.


async def test_mia_looks_silently_with_a_reason_and_only_for_an_hour(start_server, market_at):
    server = start_server(fresh=True)
    market = market_at(server)
    async with online(server, market, market.kim, market.sam, market.mia) as (kim, sam, mia):
        thread = await both(server, market, kim, sam)
        assert mia.seen[0]["role"] == "moderator"
        assert (await mia.refused("thread.subscribe", thread=thread))["code"] == "reason_required"
        await mia.done("moderation.watch", thread=thread, reason="a report about this thread")
        await mia.done("thread.subscribe", thread=thread)
        await kim.done("message.send", thread=thread, text="hello")
        await mia.sees_entry(thread, 3)
        await mia.say(type="thread.typing", thread=thread, on=True)
        await sam.done("thread.history", thread=thread)
        assert not [frame for frame in (*sam.of("presence"), *sam.of("typing")) if frame["user"] == market.mia]
        market.http.post("/api/v1/clock", headers=market.host, json={"advance_s": 3601})
        ended = await mia.see("error", thread=thread, within=5)
        assert (ended["id"], ended["code"]) == (None, "reason_required")
        since = len(mia.seen)
        sent = await sam.done("message.send", thread=thread, text="unwatched")
        await kim.sees_entry(thread, sent["seq"])
        await asyncio.sleep(0.3)
        assert not [frame for frame in mia.seen[since:] if frame["type"] == "entries"]


async def test_a_suspended_persons_sockets_are_cut(server, market):
    async with online(server, market, market.kim, market.kim) as sockets:
        said = market.http.post(
            f"/api/v1/users/{market.kim}/suspend", headers=market.host, json={"reason": "abuse of the chat"}
        )
        assert said.status_code == 200
        for socket in sockets:
            code, bye = await socket.end(within=2)
            assert (code, bye["code"], bye["reconnect"]) == (4003, 4003, "no")
    async with await knock(server) as again:
        await again.say(type="hello", token=market.tokens[market.kim])
        assert (await again.end())[0] == 4003


# Manners.


async def test_three_bad_frames_are_answered_and_then_it_ends(server, market):
    async with online(server, market, market.kim) as kim:
        for text in ("nonsense", "[]", '{"a":1,"a":2}'):
            await kim.socket.send(text)
        code, _ = await kim.end()
        assert code == 4000
        assert [frame["code"] for frame in kim.of("error")] == ["bad_frame"] * 3


async def test_bad_commands_are_answered_for_ever(server, market):
    async with online(server, market, market.kim) as kim:
        for _ in range(10):
            assert (await kim.refused("thread.haunt"))["code"] == "unknown_type"
            refused = await kim.refused("message.send", thread="t")
            assert (refused["code"], refused["field"]) == ("bad_request", "text")
        await kim.say(type="message.send", id="no uuid", thread="t", text="x")
        assert await kim.see("error", id=None, field="id")


# Above 64 KiB the stack cuts the connection before the frame is whole.
@pytest.mark.parametrize(("size", "codes"), [(33 * 1024, {4005}), (70 * 1024, {1006, 1009})])
async def test_a_frame_that_is_too_large_closes(server, market, size, codes):
    async with online(server, market, market.kim) as kim:
        await kim.say(type="message.send", id=new_id(), thread="t", text="x" * size)
        assert (await kim.end())[0] in codes


async def test_binary_and_a_second_hello_close(server, market):
    async with online(server, market, market.kim, market.kim) as (one, two):
        await one.socket.send(b"bytes")
        assert (await one.end())[0] == 4000
        await two.say(type="hello", token=market.tokens[market.kim])
        assert (await two.end())[0] == 4000


async def test_a_flood_is_closed_and_nobody_else_notices(server, market):
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        for _ in range(300):
            await kim.say(type="thread.history", id=new_id(), thread="t")
        assert (await kim.end())[0] == 4103
        assert (await sam.ask("thread.list"))["type"] == "ok"


async def test_a_newer_token_is_taken_and_a_strangers_is_not(server, market):
    async with online(server, market, market.kim) as kim:
        answer = await kim.done("auth.refresh", token=market.token(market.kim))
        assert answer["auth_expires"] >= kim.seen[0]["auth_expires"]
        assert (await kim.refused("auth.refresh", token=market.tokens[market.sam]))["code"] == "unauthenticated"
        assert (await kim.refused("auth.refresh", token="nonsense"))["retry"] == "reauth"
        assert (await kim.refused("auth.refresh"))["field"] == "token"
        assert (await kim.ask("thread.list"))["type"] == "ok"


async def test_limits_of_a_small_server(start_server, market_at):
    server = start_server(
        fresh=True,
        HELLO_TIMEOUT_S="1",
        MAX_SUBSCRIPTIONS="1",
        MAX_SOCKETS_PER_USER="2",
        MAX_HELLOS_PER_ADDRESS="3",
        HEARTBEAT_INTERVAL_S="1",
        HEARTBEAT_TIMEOUT_S="1.5",
        UNLIMITED_WRITES="",
    )
    market = market_at(server)
    async with await knock(server) as silent:
        code, bye = await silent.end(within=4)
        assert (code, bye["reconnect"]) == (4100, "backoff")
    strangers = [await knock(server) for _ in range(4)]
    assert (await strangers[3].end())[0] == 4102
    for stranger in strangers:
        await stranger.end(within=4)

    async with online(server, market, market.kim, market.kim) as (kim, other):
        async with await knock(server) as third:
            await third.say(type="hello", token=market.tokens[market.kim])
            code, bye = await third.end()
            assert (code, bye["reconnect"]) == (4102, "backoff")
        thread = str(market.place()["thread"])
        await kim.done("thread.subscribe", thread=thread)
        second = str(market.place()["thread"])
        refused = await kim.refused("thread.subscribe", thread=second)
        assert (refused["code"], refused["retry"]) == ("subscription_limit", "same")

        answers = [await kim.ask("message.send", thread=thread, text=str(n)) for n in range(12)]
        answers += [await other.ask("message.send", thread=thread, text=str(n)) for n in range(12)]
        fast = [answer for answer in answers if answer["type"] == "error"]
        assert fast
        assert {answer["code"] for answer in fast} == {"rate_limited"}
        # Two processes each keep a count besides the shared one: what one of them lets pass the other may still refuse.
        for _ in range(5):
            await asyncio.sleep(max(answer["after_ms"] for answer in fast) / 1000)
            fast = [await other.ask("message.send", thread=thread, text="patience")]
            if fast[0]["type"] == "ok":
                break
        assert fast[0]["type"] == "ok"

        other.answers_pings = False
        code, bye = await other.end(within=6)
        assert (code, bye["reconnect"]) == (4202, "now")
        assert (await kim.ask("thread.list"))["type"] == "ok"


async def test_a_reader_that_does_not_read_is_given_up_and_catches_up_whole(start_server, market_at):
    server = start_server(fresh=True, SLOW_READER_TIMEOUT_S="1.5", HEARTBEAT_TIMEOUT_S="1")
    market = market_at(server)
    thread = str(market.place()["thread"])
    async with online(server, market, market.kim, market.sam) as (kim, sam):
        await kim.done("thread.subscribe", thread=thread, after=0)
        await sam.done("thread.subscribe", thread=thread, after=0)
        await sam.see("caught_up")
        sam.answers_pings = False
        for number in range(120):
            await kim.done("message.send", thread=thread, text=str(number) * 1000)
        code, bye = await sam.end(within=8)
        assert (code, bye["reconnect"]) == (4203, "now")
        assert len(json.dumps(sam.entries(thread))) < 200_000
        last = sam.seqs(thread)[-1]
    resume = {"epoch": kim.seen[0]["epoch"], "threads": {thread: last}}
    async with online(server, market, market.sam, resume=resume) as sam:
        await sam.sees_entry(thread, 122)
        assert sam.seqs(thread) == list(range(last + 1, 123))


async def test_the_server_leaves_and_tells_everyone_where_to_go(start_server, market_at):
    server = start_server(fresh=True)
    market = market_at(server)
    async with online(server, market, market.kim, market.sam) as (kim, sam), await knock(server) as stranger:
        begun = time.monotonic()
        ending = asyncio.get_running_loop().run_in_executor(None, server.terminate)
        for person in (kim, sam, stranger):
            code, bye = await person.end()
            assert (code, bye["code"], bye["reconnect"]) == (4200, 4200, "now")
            assert 0 <= bye["after_ms"] <= 5000
        assert await ending == 0
        assert time.monotonic() - begun < PATIENCE_S
