"""One connection's rules, without a connection: who may speak when, what leaves in which order, and when it ends."""

import json

import pytest

from chat.refusals import Refused
from consumers.effects import Enter, Follow, Renew, Run, Typing, Unfollow
from consumers.following import Following
from consumers.requests import Start
from consumers.turns import Job
from tests.consumers.line import EPOCH, ID, Line, entry, only

HISTORY = {"type": "thread.history", "thread": "t"}


def send(thread: str = "t", text: str = "hi") -> dict[str, str]:
    return {"type": "message.send", "thread": thread, "text": text}


# Hello.


def test_kim_says_hello_and_is_welcomed():
    line = Line()
    welcome = only(line.seen)
    assert welcome["type"] == "welcome"
    assert welcome["user"] == "kim"
    assert welcome["heartbeat"] == {"interval_ms": 25000, "timeout_ms": 15000}
    assert welcome["limits"]["frame_bytes"] == 32 * 1024


def test_nothing_is_asked_of_anyone_before_a_well_formed_hello():
    line = Line(entered=False)
    line.write('{"type":"hello"}')
    assert not line.effects
    assert line.closed() == 4002


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (json.dumps({"type": "pong", "n": 1}), 4000),
        (json.dumps({"type": "message.send", "id": ID.format(1), "thread": "t", "text": "hi"}), 4000),
        ("nonsense", 4000),
        ('[{"type":"hello","token":"x"}]', 4000),
        ('{"type":"hello","token":"x","resume":5}', 4000),
        ('{"type":"hello","token":"x","resume":{"epoch":"e","threads":{"t":-1}}}', 4000),
        ('{"type":"hello","token":5}', 4002),
        ('{"type":"hello","token":"x","ticket":"y"}', 4002),
        (json.dumps({"type": "hello", "token": "x" * 5000}), 4005),
    ],
)
def test_another_first_frame_is_the_last(text, code):
    line = Line(entered=False)
    line.write(text)
    assert not [effect for effect in line.effects if isinstance(effect, Enter)]
    bye = only(line.seen)
    assert (bye["type"], bye["code"], bye["reconnect"]) == ("bye", code, "no")
    assert line.closed() == code


def test_a_second_hello_closes():
    line = Line()
    line.say(type="hello", token="good")
    assert line.last()["code"] == line.closed() == 4000


def test_who_says_nothing_for_five_seconds_is_closed():
    line = Line(entered=False)
    line.wait(4.9)
    assert line.closed() is None
    line.wait(0.2)
    assert line.last()["type"] == "bye"
    assert line.closed() == 4100
    assert line.last()["after_ms"] > 0


def test_what_is_sent_right_after_hello_waits_for_the_welcome_and_keeps_its_order():
    line = Line(entered=False)
    session = line.session
    session.received('{"type":"hello","token":"x"}', line.now)
    session.received(json.dumps({"id": ID.format(1), **send(text="first")}), line.now)
    session.received(json.dumps({"id": ID.format(2), **send(text="second")}), line.now)
    assert [type(effect) for effect in session.effects] == [Enter]
    line.turn()
    assert line.begun() == ["first", "second"]


def test_a_stranger_cannot_make_the_server_keep_more_than_a_frame():
    line = Line(entered=False)
    line.session.received('{"type":"hello","token":"x"}', line.now)
    for number in range(3):
        line.session.received(json.dumps({"id": ID.format(number), **send(text="x" * 15_000)}), line.now)
    assert line.closed() == 4103


# Frames.


def test_three_bad_frames_are_answered_and_the_third_closes():
    line = Line()
    for text in ("x", "[]"):
        line.write(text)
        assert line.last()["code"] == "bad_frame"
        assert line.last()["id"] is None
    line.say(type="thread.haunt")
    assert line.last()["code"] == "unknown_type"
    line.say(type="message.send", thread="t")
    assert (line.last()["code"], line.last()["field"]) == ("bad_request", "text")
    assert line.closed() is None
    line.write("{")
    assert [frame.get("code") for frame in line.seen[-2:]] == ["bad_frame", 4000]
    assert line.closed() == 4000


def test_a_frame_above_32_kib_closes_and_one_of_exactly_that_does_not():
    line = Line()
    frame = json.dumps({"id": ID.format(1), **send(text="ü")}, ensure_ascii=False)
    fill = 32 * 1024 - len(frame.encode()) + 2
    line.write(json.dumps({"id": ID.format(1), **send(text="x" * fill)}))
    assert line.closed() is None
    line.write(json.dumps({"id": ID.format(2), **send(text="x" * (fill + 1))}))
    assert line.closed() == 4005


def test_a_binary_frame_closes():
    line = Line()
    line.session.received_binary()
    line.turn()
    assert line.last()["type"] == "bye"
    assert line.closed() == 4000


def test_nothing_is_taken_or_said_after_bye():
    line = Line(logs={"t": [entry(1)]})
    line.subscribe("t")
    line.say(**send())
    line.session.close(4003)
    line.turn()
    said = len(line.seen)
    line.answer(line.jobs[0])
    line.hint("t", 9)
    line.say(**send())
    line.session.close(4000)
    line.wait(100_000)
    assert len(line.seen) == said
    assert line.closed() == 4003


# Commands.


def test_an_answer_carries_the_commands_id():
    line = Line()
    named = line.say(**send())
    line.answer(line.jobs[0], seq=4, duplicate=False)
    assert line.last() == {"type": "ok", "id": named, "seq": 4, "duplicate": False}
    named = line.say(**send())
    line.refuse(line.jobs[1], "chat_blocked")
    assert (line.last()["type"], line.last()["id"], line.last()["code"]) == ("error", named, "chat_blocked")


def test_commands_for_one_thread_run_one_after_another_and_for_others_beside_them():
    line = Line()
    for thread, text in (("a", "1"), ("a", "2"), ("b", "3"), ("a", "4")):
        line.say(type="message.edit", thread=thread, text=text, target=1)
    line.say(type="thread.list")
    line.say(type="thread.list")
    line.say(type="thread.list")
    assert line.begun() == ["1", "3", "thread.list", "thread.list"], "only as many lists as the window has room for"
    line.refuse(line.jobs[0], "busy")
    assert line.begun()[-1] == "2"
    line.answer(line.jobs[-1])
    assert line.begun()[-1] == "4"


def test_messages_of_one_thread_need_not_wait_for_each_other_but_everything_else_waits_for_them():
    line = Line()
    line.say(**send(text="1"))
    line.say(**send(text="2"))
    line.say(type="thread.read", thread="t", seq=1)
    line.say(**send(text="3"))
    assert line.begun() == ["1", "2"]
    line.answer(line.jobs[1])
    assert line.begun() == ["1", "2"]
    line.answer(line.jobs[0])
    assert line.begun() == ["1", "2", "thread.read"]
    line.answer(line.jobs[2])
    assert line.begun() == ["1", "2", "thread.read", "3"]


def test_sixteen_run_sixty_four_wait_and_one_more_closes():
    line = Line()
    for number in range(80):
        line.say(**send(f"t{number}"))
    assert len(line.jobs) == 16
    assert line.closed() is None
    line.say(**send("another"))
    assert line.closed() == 4103


def test_whoever_waits_for_answers_is_never_closed_for_asking():
    line = Line()
    for number in range(500):
        line.say(**send(f"t{number}"))
        line.answer(line.jobs.pop(0))
    assert line.closed() is None


def test_a_client_that_never_waits_out_its_rate_is_closed():
    line = Line()
    for _ in range(99):
        line.say(**send())
        line.refuse(line.jobs.pop(), "rate_limited")
    assert line.closed() is None
    line.say(**send())
    line.refuse(line.jobs.pop(), "rate_limited")
    assert line.closed() == 4101


def test_commands_that_were_slow_enough_make_up_for_a_few_that_were_not():
    line = Line()
    for _ in range(100):
        for _ in range(5):
            line.say(**send())
            line.refuse(line.jobs.pop(), "rate_limited")
        line.say(**send())
        line.answer(line.jobs.pop())
    assert line.closed() is None


def test_a_client_that_hammers_gets_no_pardon_for_the_few_that_pass():
    line = Line()
    while line.closed() is None:
        for _ in range(40):
            if line.closed() is None:
                line.say(**send())
                line.refuse(line.jobs.pop(), "rate_limited")
        if line.closed() is None:
            line.say(**send())
            line.answer(line.jobs.pop())
    assert line.closed() == 4101


def test_typing_is_told_once_in_three_seconds_and_only_where_kim_is_a_party():
    line = Line(logs={"a": [], "b": []})
    line.subscribe("a")
    line.subscribe("b")
    line.session.delivery.follows["b"].is_party = False
    for thread in ("a", "a", "b", "elsewhere"):
        line.say(type="thread.typing", thread=thread, on=True)
    typed = [effect for effect in line.effects if isinstance(effect, Typing)]
    assert typed == [Typing("a", on=True)]
    line.wait(3)
    line.say(type="thread.typing", thread="a", on=False)
    assert len([effect for effect in line.effects if isinstance(effect, Typing)]) == 2
    assert not line.frames("error")


# Subscriptions.


def test_the_answer_comes_before_the_first_entries_and_caught_up_at_the_head_of_that_moment():
    line = Line(logs={"t": [entry(seq) for seq in range(1, 6)]})
    line.answers_reads = False
    line.subscribe("t", after=2)
    line.logs["t"].append(entry(6))
    line.hint("t")
    line.answers_reads = True
    line.answer_read()
    kinds = [frame["type"] for frame in line.seen]
    assert kinds == ["welcome", "ok", "entries", "caught_up", "entries"]
    assert line.seqs("t") == [3, 4, 5, 6]
    assert only(line.frames("caught_up"))["seq"] == 5


def test_who_is_at_the_head_is_caught_up_at_once():
    line = Line(logs={"t": [entry(1)]})
    line.subscribe("t", after=1)
    assert [frame["type"] for frame in line.seen[1:]] == ["ok", "caught_up"]


def test_a_snapshot_stands_in_the_answer_and_is_followed_by_caught_up():
    line = Line(logs={"t": []})
    job, following = begin(line)
    start = Start(head=700, mode="snapshot", cursor=700, is_party=True, snapshot={"as_of": 700})
    line.session.requests.subscribed(job, following, start, line.now)
    line.turn()
    assert line.seen[-2]["snapshot"] == {"as_of": 700}
    assert line.last() == {"type": "caught_up", "thread": "t", "seq": 700}


def begin(line: Line) -> tuple[Job, Following]:
    """A subscription whose thread is being looked up."""
    line.session.received(json.dumps({"type": "thread.subscribe", "id": ID.format(1), "thread": "t"}), line.now)
    effect = line.session.effects.pop()
    assert isinstance(effect, Follow)
    return effect.job, effect.following


def test_an_entry_committed_while_the_thread_is_looked_up_is_not_lost():
    line = Line(logs={"t": [entry(1), entry(2)]})
    job, following = begin(line)
    line.session.delivery.hint("t", 2)
    start = Start(head=1, mode="replay", cursor=0, is_party=True)
    line.session.requests.subscribed(job, following, start, line.now)
    line.turn()
    assert line.seqs("t") == [1, 2]


def test_a_second_subscription_says_already_and_changes_nothing():
    line = Line(logs={"t": [entry(1)]})
    line.subscribe("t")
    named = line.subscribe("t", after=0)
    assert line.last() == {"type": "ok", "id": named, "already": True, "head": 1, "mode": "replay"}
    assert line.seqs("t") == [1]


def test_what_was_unsubscribed_is_quiet_and_can_be_had_again():
    line = Line(logs={"t": [entry(1)]})
    line.subscribe("t")
    named = line.say(type="thread.unsubscribe", thread="t")
    assert line.last() == {"type": "ok", "id": named}
    assert Unfollow("t") in line.effects
    line.logs["t"].append(entry(2))
    line.hint("t")
    assert line.seqs("t") == [1]
    line.subscribe("t", after=1)
    assert line.seqs("t") == [1, 2]


def test_a_read_for_a_subscription_that_was_given_up_does_not_reach_the_next():
    line = Line(logs={"t": [entry(1), entry(2)]})
    line.answers_reads = False
    line.subscribe("t")
    line.say(type="thread.unsubscribe", thread="t")
    line.subscribe("t", after=1)
    assert len(line.reads) == 2
    line.answer_read()
    assert line.seqs("t") == []
    line.answer_read()
    line.turn()
    assert line.seqs("t") == [2]


def test_a_refused_subscription_leaves_no_place_taken():
    line = Line(max_subscriptions=1, logs={"t": []})
    line.subscribe("nowhere")
    assert line.last()["code"] == "not_found"
    assert Unfollow("nowhere") in line.effects
    line.subscribe("t")
    assert line.frames("ok")
    line.subscribe("u")
    assert line.last()["code"] == "subscription_limit"
    assert line.last()["after_ms"] > 0
    assert line.last()["retry"] == "same"


def test_a_right_that_ends_is_told_and_ends_the_entries():
    line = Line(logs={"t": [entry(1)]})
    line.subscribe("t")
    line.session.lost("t", Refused("reason_required"), line.now)
    line.turn()
    assert (line.last()["type"], line.last()["thread"], line.last()["id"]) == ("error", "t", None)
    line.logs["t"].append(entry(2))
    line.hint("t")
    assert line.seqs("t") == [1]


# Resume.


def test_kim_comes_back_and_each_thread_goes_on_where_she_was():
    logs = {"a": [entry(n) for n in range(1, 4)], "b": [entry(1)]}
    line = Line(logs=logs, entered=False)
    line.enter(resume={"a": 1, "b": 1, "gone": 4})
    assert line.seqs("a") == [2, 3]
    subscribed = {frame["thread"]: frame for frame in line.frames("subscribed")}
    assert subscribed["a"] == {"type": "subscribed", "thread": "a", "head": 3, "mode": "replay"}
    assert {frame["thread"]: frame["seq"] for frame in line.frames("caught_up")} == {"a": 3, "b": 1}
    refused = only(line.frames("error"))
    assert (refused["thread"], refused["id"], refused["code"]) == ("gone", None, "not_found")
    assert not line.frames("ok")


def test_after_a_restored_backup_kim_starts_afresh_on_the_same_socket():
    line = Line(logs={"a": [entry(1)]}, entered=False)
    line.enter(resume={"a": 1}, epoch="another life")
    assert line.last() == {"type": "reset", "scope": "all"}
    assert not line.frames("subscribed")
    line.subscribe("a")
    assert line.seqs("a") == [1]


def test_two_hundred_threads_resume_without_counting_as_a_flood():
    logs = {f"t{n}": [entry(1)] for n in range(250)}
    line = Line(logs=logs, entered=False)
    line.enter(resume=dict.fromkeys(logs, 0))
    assert line.closed() is None
    assert len(line.frames("subscribed")) == 200
    assert [frame["code"] for frame in line.frames("error")] == ["subscription_limit"] * 50


# Credentials and age.


def test_kim_is_warned_a_minute_before_and_closed_when_her_credential_ends():
    line = Line()
    beat(line, 839)
    assert not line.frames("auth.expiring")
    beat(line, 2)
    assert only(line.frames("auth.expiring")) == {"type": "auth.expiring", "in_ms": 60000}
    beat(line, 58)
    assert line.closed() is None
    beat(line, 2)
    assert line.closed() == 4201
    assert line.last()["reconnect"] == "now"


def beat(line: Line, seconds: float) -> None:
    """A client that answers every ping."""
    for _ in range(int(seconds)):
        before = len(line.frames("ping"))
        line.wait(1)
        if len(line.frames("ping")) > before and line.closed() is None:
            line.pong()


def test_a_newer_credential_goes_on():
    line = Line()
    beat(line, 850)
    named = line.say(type="auth.refresh", token="newer")
    assert isinstance(line.effects[-1], Renew)
    line.session.renewed(line.jobs[-1], "2026-01-01T00:30:00.000Z", 900, line.now)
    line.turn()
    assert line.last() == {"type": "ok", "id": named, "auth_expires": "2026-01-01T00:30:00.000Z"}
    beat(line, 200)
    assert line.closed() is None


def test_a_socket_ends_after_twelve_hours_give_or_take_two():
    line = Line(heartbeat_interval_s=10**9)
    line.session._lifetime.valid_for(10**9, line.now)
    line.wait(10 * 3600 - 1)
    assert line.closed() is None
    line.wait(4 * 3600 + 1)
    assert line.closed() == 4206


# What leaves together.


def test_what_is_ready_in_one_turn_leaves_in_one_frame():
    line = Line(logs={"t": [entry(1)]})
    line.subscribe("t")
    assert line.arrays[-1] == 3


def test_frames_hold_at_most_a_hundred_objects():
    line = Line()
    for number in range(250):
        line.session.delivery.put(json.dumps({"type": "typing", "n": number}), line.now)
    line.turn()
    assert [size for size in line.arrays if size > 1] == [100, 100, 50]
    typing = [frame["n"] for frame in line.frames("typing")]
    assert typing == list(range(250))


def test_the_bye_is_the_last_object_of_the_last_frame():
    line = Line()
    line.session.delivery.put('{"type":"typing"}', line.now)
    line.session.close(4200, after_ms=300)
    line.turn()
    assert line.seen[-2:] == [
        {"type": "typing"},
        {
            "type": "bye",
            "code": 4200,
            "reason": "this server is leaving",
            "reconnect": "now",
            "after_ms": 300,
        },
    ]


# Capabilities and what may be lost.


def test_capabilities_are_told_only_where_they_differ_and_after_their_entries():
    line = Line(logs={"t": [entry(1)]})
    line.subscribe("t", after=1)
    show = line.session.delivery.show
    show("t", 2, "may send", '{"type":"capabilities","as_of":2}', line.now)
    line.turn()
    assert not line.frames("capabilities")
    line.logs["t"].append(entry(2))
    line.hint("t")
    assert [frame["type"] for frame in line.seen[-2:]] == ["entries", "capabilities"]
    show("t", 2, "may send", '{"type":"capabilities","as_of":2,"again":1}', line.now)
    line.turn()
    assert len(line.frames("capabilities")) == 1
    show("t", 2, "may not", '{"type":"capabilities","as_of":2}', line.now)
    line.turn()
    assert len(line.frames("capabilities")) == 2


def test_capabilities_of_a_snapshot_are_not_told_twice():
    line = Line(logs={"t": []})
    job, following = begin(line)
    start = Start(head=3, mode="snapshot", cursor=3, is_party=True, snapshot={}, rights="may send")
    line.session.requests.subscribed(job, following, start, line.now)
    line.session.delivery.show("t", 3, "may send", '{"type":"capabilities"}', line.now)
    line.turn()
    assert not line.frames("capabilities")


def test_commands_that_run_when_kim_goes_do_no_harm():
    line = Line()
    line.say(**send())
    assert isinstance(line.effects[-1], Run)
    line.session.close(4103)
    line.answer(line.jobs[0])
    line.turn()
    assert line.last()["type"] == "bye"


def test_epoch_is_told():
    assert only(Line().frames("welcome"))["epoch"] == EPOCH
