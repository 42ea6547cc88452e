"""Whatever hints do, a socket gets 1, 2, 3 … once each; and it never gets more than it acknowledges."""

from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.consumers.line import Line, entry

WINDOW: dict[str, Any] = {"window_bytes": 65536, "probe_bytes": 8192, "window_frames": 16, "probe_frames": 4}


def unread(line: Line) -> int:
    """Bytes of entries that no pong has acknowledged."""
    return line.limits.window_bytes - line.session._window.room


@settings(max_examples=150)
@given(
    seed=st.integers(0, 10**6),
    entries=st.integers(1, 120),
    words=st.integers(0, 3000),
    after=st.integers(0, 5),
    lost=st.floats(0, 1),
    reads_fail=st.floats(0, 0.5),
)
def test_hints_doubled_shuffled_lost_and_false_give_every_entry_once_in_order(
    seed, entries, words, after, lost, reads_fail
):
    random = Random(seed)
    line = Line(logs={"t": [entry(seq, "x" * words) for seq in range(1, after + 1)]}, **WINDOW)
    line.answers_reads = False
    line.subscribe("t", after=after)
    pending: list[int] = []
    while len(line.logs["t"]) < entries + after or line.seqs("t")[-1:] != [entries + after]:
        act = random.random()
        if act < 0.35 and len(line.logs["t"]) < entries + after:
            line.logs["t"].append(entry(len(line.logs["t"]) + 1, "x" * words))
            if random.random() >= lost:
                pending += [len(line.logs["t"])] * random.choice((1, 1, 2))
        elif act < 0.55 and pending:
            line.hint("t", pending.pop(random.randrange(len(pending))))
        elif act < 0.6:
            line.hint("t", random.choice((0, 1, 10**6)))
        elif act < 0.8 and line.reads:
            if random.random() < reads_fail:
                line.session.delivery.missed(line.reads.pop(0).following)
            else:
                line.answer_read(random.randrange(len(line.reads)))
        elif act < 0.9 and line.frames("ping"):
            line.pong()
        elif act > 0.97:
            line.hint("t")  # the sweep
        line.turn()
        assert line.seqs("t") == list(range(after + 1, after + 1 + len(line.seqs("t"))))
        assert unread(line) < line.limits.window_bytes + 8192
        assert line.closed() is None
    assert [frame["seq"] for frame in line.frames("caught_up")] == [after]


def test_a_socket_that_answers_no_ping_is_sent_one_window_and_the_log_keeps_the_rest():
    line = Line(logs={"t": [entry(seq, "x" * 1000) for seq in range(1, 501)]})
    line.subscribe("t")
    sent = sum(len(str(each)) for each in line.frames("entries"))
    assert 100_000 < sent < 150_000
    assert not line.reads
    before = len(line.seqs("t"))
    line.hint("t")
    assert len(line.seqs("t")) == before
    line.pong()
    assert len(line.seqs("t")) > before
    while line.seqs("t")[-1] < 500:
        line.pong()
    assert line.seqs("t") == list(range(1, 501))


def test_a_pong_acknowledges_what_was_sent_before_its_ping_and_no_more():
    line = Line(logs={"t": [entry(seq, "x" * 1000) for seq in range(1, 501)]})
    line.subscribe("t")
    full = unread(line)
    pings = [frame["n"] for frame in line.frames("ping")]
    assert len(pings) >= 2
    line.answers_reads = False
    line.pong(pings[0])
    assert full - 80_000 < unread(line) < full - 20_000


def test_pongs_that_answer_no_ping_mean_nothing():
    line = Line(logs={"t": [entry(seq, "x" * 1000) for seq in range(1, 501)]})
    line.subscribe("t")
    full, seen = unread(line), len(line.seen)
    line.pong(10**6)
    assert unread(line) == full
    assert len(line.seen) == seen


def test_many_small_frames_fill_the_window_too():
    line = Line(logs={"t": []})
    line.subscribe("t")
    for seq in range(1, 400):
        line.logs["t"].append(entry(seq))
        line.hint("t")
    assert len(line.frames("entries")) == 256
    assert line.seen.index(line.frames("ping")[0]) >= 64
    assert len(line.frames("ping")) == 4


def test_frames_of_entries_keep_to_64_kib_and_a_hundred():
    line = Line(logs={"t": [entry(seq, "ü" * 4000) for seq in range(1, 60)], "u": []})
    line.subscribe("t")
    while line.seqs("t")[-1] < 59:
        line.pong()
    assert 50 * 1024 < line.largest <= 64 * 1024
    line.logs["u"] += [entry(seq) for seq in range(1, 351)]
    line.subscribe("u")
    sizes = [len(frame["entries"]) for frame in line.frames("entries") if frame["thread"] == "u"]
    assert max(sizes) == 100
    assert line.seqs("u") == list(range(1, 351))


def test_reads_are_few_however_many_threads_resume():
    logs = {f"t{number}": [entry(1)] for number in range(100)}
    line = Line(logs=logs, entered=False)
    line.answers_reads = False
    line.enter(resume=dict.fromkeys(logs, 0))
    assert len(line.reads) == 4
    line.answer_read()
    line.turn()
    assert len(line.reads) == 4
    line.answers_reads = True
    while line.reads:
        line.answer_read()
    assert all(line.seqs(thread) == [1] for thread in logs)


def test_a_failed_read_is_not_repeated_before_the_next_hint():
    line = Line(logs={"t": [entry(1)]})
    line.answers_reads = False
    line.subscribe("t")
    line.session.delivery.missed(line.reads.pop().following)
    line.turn()
    assert not line.reads
    line.hint("t")
    assert line.reads


def test_a_reader_that_does_not_keep_up_goes_without_typing_and_gets_no_more_histories():
    line = Line(logs={"t": [entry(seq, "x" * 1000) for seq in range(1, 501)]})
    line.subscribe("t")
    line.session.delivery.whisper("t", '{"type":"typing"}', line.now)
    line.session.delivery.show("t", 1, "may not", '{"type":"capabilities"}', line.now)
    line.say(type="thread.history", thread="t")
    line.say(type="message.send", thread="u", text="still heard")
    line.turn()
    assert not line.frames("typing")
    assert not line.frames("capabilities")
    assert line.begun() == ["still heard"]
    line.answers_reads = False
    line.pong()
    assert line.frames("capabilities")
    assert line.begun() == ["still heard", "thread.history"]


# Heartbeat.


def test_the_first_ping_comes_at_random_and_the_next_about_every_25_seconds():
    line = Line()
    times: list[float] = []
    begun = line.now
    for _ in range(4):
        line.wait(line.session.deadline() - line.now)
        times.append(line.now - begun)
        line.pong()
    assert 0 <= times[0] <= 25
    assert all(22.5 <= later - earlier <= 27.5 for earlier, later in pairwise(times))


def test_who_answers_no_ping_is_given_up_after_15_seconds():
    line = Line()
    line.wait(line.session.deadline() - line.now)
    line.wait(14.9)
    assert line.closed() is None
    line.wait(0.2)
    assert line.closed() == 4202


def test_a_slow_reader_has_30_seconds_and_starts_anew_with_every_pong():
    line = Line(logs={"t": [entry(seq, "x" * 1000) for seq in range(1, 501)]})
    line.answers_reads = True
    line.subscribe("t")
    line.wait(29)
    line.pong(line.frames("ping")[0]["n"])
    line.wait(29)
    assert line.closed() is None
    line.wait(2)
    assert line.closed() == 4203


def test_a_reader_of_five_kilobytes_a_second_is_never_closed():
    line = Line(logs={"t": [entry(seq, "x" * 3000) for seq in range(1, 400)]})
    line.subscribe("t")
    line.session._lifetime.valid_for(10**6, line.now)
    read = 0.0
    done = 0
    while line.seqs("t")[-1] < 399 or done < len(line.seen):
        line.wait(0.5)
        assert line.closed() is None
        read += 2500
        while done < len(line.seen) and (cost := len(str(line.seen[done]))) <= read:
            read -= cost
            frame = line.seen[done]
            done += 1
            if frame["type"] == "ping":
                line.pong(frame["n"])
    assert line.seqs("t") == list(range(1, 400))
