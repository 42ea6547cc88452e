"""A feed's page, without a socket: whatever changes, the frames add up to what belongs on it, and never to more."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from consumers.feed import MOST_BYTES, Feed
from moderation.sieve import Row, Wanted, key, page_of
from tests.consumers.line import Line

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
LIMIT = 3


class Screen:
    """Mia's browser: it shows what it is told, and acknowledges a frame when a test says so."""

    def __init__(self) -> None:
        self.is_due = True
        self.rows: dict[str, Any] = {}
        self.frames: list[dict[str, Any]] = []

    def show(self, text: str) -> None:
        frame = json.loads(text)
        self.frames.append(frame)
        for row in frame["rows"]:
            self.rows[row["thread"]] = row
        for thread in frame.get("out", ()):
            del self.rows[thread]


def row(thread: str, at: int, state: str = "pending", title: str = "A logo") -> Row:
    parties = [{"user": "kim", "role": "buyer", "name": "Kim"}, {"user": "sam", "role": "seller", "name": "Sam"}]
    price = {"amount": 100, "currency": "EUR"}
    said = {"thread": thread, "head": at, "state": state, "title": title, "parties": parties, "price": price}
    return Row({**said, "flags": [], "risk": at, "language": []}, BEGIN + timedelta(seconds=at), None)


CHANGES = st.lists(
    st.tuples(st.sampled_from("abcdefg"), st.sampled_from(["pending", "closed"]), st.booleans()), max_size=40
)


@given(CHANGES)
def test_the_frames_add_up_to_the_page_however_slow_mia_is(changes: list[tuple[str, str, bool]]):
    wanted, screen = Wanted(state="pending", limit=LIMIT), Screen()
    feed = Feed(wanted, screen)
    feed.begin([])
    world: dict[str, Row] = {}
    for at, (thread, state, is_due) in enumerate(changes):
        world[thread] = row(thread, at, state)
        feed.take({thread: world[thread]})
        if feed.is_stale:
            feed.renew(page_of(world.values(), wanted))
        screen.is_due = is_due
        feed.flush()
        assert len(screen.rows) <= LIMIT
    screen.is_due = True
    feed.flush()
    assert screen.rows == {each.thread: each.said for each in page_of(world.values(), wanted)}
    sent = len(screen.frames)
    feed.flush()
    assert len(screen.frames) == sent


def test_a_busy_thread_is_one_row_and_a_row_that_is_not_on_the_page_is_none():
    screen = Screen()
    feed = Feed(Wanted(sort="risk", limit=2), screen)
    feed.begin([row("a", 90), row("b", 80)])
    screen.is_due = False
    for at in range(81, 89):
        feed.take({"b": row("b", at), "c": row("c", at - 60)})
        feed.flush()
    screen.is_due = True
    feed.flush()
    assert [[each["thread"] for each in frame["rows"]] for frame in screen.frames] == [["b"]]


def test_large_rows_leave_in_several_frames():
    screen = Screen()
    feed = Feed(Wanted(limit=100), screen)
    feed.begin([])
    feed.take({str(n): row(str(n), n, title="🌻" * 200) for n in range(100)})
    while len(screen.rows) < 100:
        before = len(screen.frames)
        feed.flush()
        assert len(screen.frames) > before
    assert len(screen.frames) > 1
    assert all(len(json.dumps(frame, ensure_ascii=False).encode()) < MOST_BYTES * 4 / 3 for frame in screen.frames)


def test_who_waits_longest_is_first_and_then_the_newest():
    waiting = [row(thread, at) for thread, at in (("a", 1), ("b", 2), ("c", 3))]
    waiting[1].since = BEGIN
    waiting[0].since = BEGIN + timedelta(hours=1)
    ordered = sorted(waiting, key=lambda each: key(each, "waiting"), reverse=True)
    assert [each.thread for each in ordered] == ["b", "a", "c"]


def test_a_frame_of_the_feed_waits_for_the_last_ones_pong_and_for_a_quarter_of_a_second():
    line = Line()
    delivery = line.session.delivery
    assert delivery.streams(line.now)
    delivery.stream('{"type":"feed","rows":[]}', line.now)
    line.turn()
    assert [frame["type"] for frame in line.seen[-2:]] == ["feed", "ping"]
    line.wait(1)
    assert not delivery.streams(line.now)
    line.pong()
    assert delivery.streams(line.now)
    delivery.stream('{"type":"feed","rows":[]}', line.now)
    line.turn()
    line.pong()
    assert not delivery.streams(line.now)
    line.wait(0.25)
    assert delivery.streams(line.now)
    line.session.close(4200)
    assert not delivery.streams(line.now)
