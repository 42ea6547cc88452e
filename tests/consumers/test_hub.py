"""What the hub keeps and passes on: the end of each log, who is online, and hints of other processes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.actors import Actor, Standing
from chat.announce import Committed, Record, Revoked, Signal
from chat.refusals import Refused
from consumers.hints import Alive, Entries, Here, Hint, Seal
from consumers.hub import Hub
from consumers.presence import SILENCE_S, Presence
from consumers.rates import Bucket
from consumers.rights import may_change
from consumers.ring import MOST, Ring
from consumers.told import Told, tell
from consumers.topic import Rights

KIM, SAM, MIA = Actor("kim", Standing.USER), Actor("sam", Standing.USER), Actor("mia", Standing.MODERATOR)


def told(seq: int, kind: str = "message", author: str = "sam", words: str = "") -> Told:
    return Told(seq, kind, author, "", f'{{"seq":{seq},"words":"{words}"}}', 60 + len(words))


def record(seq: int, author: str = "kim", command: str = "") -> Record:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Record(seq, f"entry-{seq}", "message", at, "buyer", author, command, {"text": "Grüße"})


class Listener:
    """A socket as the hub sees one."""

    is_busy = False

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.heads: list[int] = []
        self.whispers: list[str] = []
        self.closed: int | None = None

    def hint(self, thread: str, head: int) -> None:
        self.heads.append(head)

    def whisper(self, thread: str, text: str) -> None:
        self.whispers.append(text)

    def show(self, thread: str, rights: Rights) -> None: ...

    def lost(self, thread: str, refusal: Refused) -> None: ...

    def close(self, code: int, reason: str = "", *, after_ms: int | None = None) -> None:
        self.closed = code


class Process:
    """A hub, what it told the others, and what it thought might have changed somebody's rights."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.said: list[Hint] = []
        self.changed: list[int] = []
        self.hub = Hub(lambda topic, news: self.changed.extend(entry.seq for entry in news))
        self.hub.relay = self.said.append

    def enter(self, actor: Actor, thread: str = "t", head: int = 0) -> Listener:
        listener = Listener(actor)
        self.hub.join(listener)
        self.hub.opened(self.hub.follow(thread, listener), head, ("kim", "sam"))
        return listener

    def hear(self, other: "Process", now: float = 0) -> None:
        said, other.said[:] = other.said[:], []
        self.hub.heard(other.name, said, now)


# The ring.


@given(st.lists(st.integers(1, 40), max_size=60), st.integers(0, 10), st.integers(0, 40), st.integers(1, 100))
def test_the_ring_gives_only_what_follows_without_a_gap_however_hints_come(seqs, head, after, limit):
    ring = Ring()
    ring.start(head)
    for seq in seqs:
        ring.add([told(seq)])
    given_out = ring.after(after, limit)
    if given_out is not None:
        assert [each.seq for each in given_out] == list(range(after + 1, after + 1 + len(given_out)))
        assert 1 <= len(given_out) <= limit


def test_the_ring_believes_nothing_before_the_log_was_seen_and_no_old_hint_after():
    ring = Ring()
    ring.add([told(5)])
    assert ring.after(4, 10) is None
    ring.start(90)
    ring.add([told(5)])
    assert ring.after(4, 10) is None
    ring.add([told(91), told(92)])
    assert [each.seq for each in ring.after(91, 10) or []] == [92]
    assert ring.after(92, 10) is None
    assert ring.after(89, 10) is None


@pytest.mark.parametrize("kind", ["message.redacted", "message.edited", "thread.closed"])
def test_a_slow_reader_is_not_given_words_that_were_taken_back(kind):
    ring = Ring()
    ring.start(0)
    ring.add([told(1, words="my number is 0151"), told(2), told(3, kind)])
    assert ring.after(0, 10) is None
    assert [each.seq for each in ring.after(2, 10) or []] == [3]


def test_the_ring_stays_small():
    ring = Ring()
    ring.start(0)
    ring.add([told(seq) for seq in range(1, 1000)])
    assert ring.after(999 - MOST - 1, 1) is None
    assert len(ring.after(999 - MOST, 1000) or []) == MOST
    ring.add([told(seq, words="x" * 30_000) for seq in range(1000, 1010)])
    assert len(ring.after(1007, 100) or []) == 2
    assert ring.after(1005, 100) is None


# Entries.


def test_an_entry_is_encoded_once_and_only_its_author_reads_which_command_it_was():
    entry = tell(record(1, command="01990000-0000-7000-8000-000000000001"))
    assert '"command"' not in entry.to("sam")
    assert '"command":"01990000-0000-7000-8000-000000000001"}' in entry.to("kim")
    assert '"command"' not in tell(record(1)).to("kim")
    assert len(entry.to("kim").encode()) <= entry.size


def test_followers_of_a_thread_are_told_how_far_it_goes_and_others_are_not():
    process = Process("a")
    kim, other = process.enter(KIM), process.enter(SAM, "another")
    process.hub.take(Committed("t", "kim", "sam", (record(1), record(2))))
    assert (kim.heads, other.heads) == ([2], [])
    assert process.changed == [1, 2]
    assert process.hub.topics["t"].ring.after(0, 5)


def test_what_one_process_commits_reaches_the_followers_in_another():
    here, there = Process("a"), Process("b")
    sam = there.enter(SAM)
    here.hub.take(Committed("t", "kim", "sam", (record(1),)))
    there.hear(here)
    assert sam.heads == [1]
    assert there.hub.topics["t"].ring.after(0, 5)


def test_nothing_is_kept_of_a_thread_that_nobody_follows_any_more():
    process = Process("a")
    kim = process.enter(KIM)
    process.hub.leave(kim, ["t"])
    assert not process.hub.topics
    assert not process.hub.people
    assert not process.hub._by_party
    process.hub.leave(kim, ["t"])


# Signals, suspension.


def test_a_signal_is_told_to_everyone_but_its_sender_here_and_elsewhere():
    here, there = Process("a"), Process("b")
    kim, sam, mia = here.enter(KIM), there.enter(SAM), there.enter(MIA)
    there.said.clear()
    here.said.clear()
    here.hub.signal(Signal("t", "kim", {"type": "typing"}))
    there.hear(here)
    assert not kim.whispers
    assert sam.whispers == mia.whispers == ['{"type":"typing"}']


def test_a_suspended_persons_sockets_end_in_every_process_and_erased_words_are_forgotten():
    here, there = Process("a"), Process("b")
    sockets = [here.enter(KIM), there.enter(KIM)]
    sam = there.enter(SAM)
    there.hub.take(Committed("t", "kim", "sam", (record(1),)))
    here.hub.take(Revoked("kim"))
    there.said.clear()
    there.hear(here)
    assert [socket.closed for socket in sockets] == [4003, 4003]
    assert sam.closed is None
    assert there.hub.topics["t"].ring.after(0, 5) is None


# Presence.


def test_kim_is_online_while_she_has_a_socket_anywhere():
    here, there = Process("a"), Process("b")
    sam = here.enter(SAM)
    phone, laptop = there.enter(KIM), here.enter(KIM)
    here.hear(there)
    sam.whispers.clear()
    there.hub.leave(phone, ["t"])
    here.hear(there)
    assert not sam.whispers
    assert here.hub.presence.online("kim")
    here.hub.leave(laptop, ["t"])
    assert sam.whispers == ['{"type":"presence","user":"kim","online":false}']


def test_mia_is_never_told_of():
    process = Process("a")
    kim = process.enter(KIM)
    mia = process.enter(MIA)
    process.hub.leave(mia, ["t"])
    assert not kim.whispers
    assert not any(isinstance(said, Here) and "mia" in said.counts for said in process.said)


def test_a_process_that_died_takes_its_people_with_it():
    here, there = Process("a"), Process("b")
    sam = here.enter(SAM)
    there.enter(KIM)
    here.hear(there, now=100)
    here.hub.forget_silent(100 + SILENCE_S - 1)
    assert here.hub.presence.online("kim")
    here.hub.forget_silent(100 + SILENCE_S + 1)
    assert sam.whispers[-1] == '{"type":"presence","user":"kim","online":false}'


def test_a_process_that_comes_back_learns_who_is_where():
    here, there = Process("a"), Process("b")
    there.enter(KIM)
    there.said.clear()
    here.said.append(Alive(ask=True))
    there.hear(here)
    here.hear(there)
    assert here.hub.presence.online("kim")
    assert here.hub.sockets_of("kim") == 1


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["kim", "sam"]), st.booleans()), max_size=40))
def test_presence_says_a_change_exactly_when_there_is_one(steps):
    presence, elsewhere = Presence(), {"kim": 0, "sam": 0}
    here = {"kim": 0, "sam": 0}
    for place, user, arrives in steps:
        before = presence.online(user)
        if place == "a":
            if not arrives and not here[user]:
                continue
            here[user] += 1 if arrives else -1
            changed = presence.arrive(user) if arrives else presence.depart(user)
        else:
            elsewhere[user] = max(0, elsewhere[user] + (1 if arrives else -1))
            changed = user in presence.told("b", {user: elsewhere[user]}, whole=False, now=0)
        assert presence.online(user) == bool(here[user] or elsewhere[user])
        assert changed == (presence.online(user) != before)


# Hints on the way.


def seals() -> Iterator[Seal]:
    return (Seal("secret", "epoch", name) for name in ("a", "b"))


HINTS: list[Hint] = [
    Entries("t", [tell(record(1, command="c")), tell(record(2))]),
    Signal("t", "kim", {"type": "typing", "on": True}),
    Revoked("kim"),
    Here({"kim": 2}, whole=True),
    Alive(ask=False),
]


def test_hints_arrive_as_they_were_sent():
    one, other = seals()
    assert other.open(one.pack(HINTS)) == ("a", HINTS)
    assert one.open(one.pack(HINTS)) == ("a", [])


def test_rubbish_and_forgeries_are_nobodys_word():
    one, other = seals()
    packed = one.pack(HINTS)
    forged = Seal("guessed", "epoch", "a").pack(HINTS)
    restored = Seal("secret", "another epoch", "a").pack(HINTS)
    for payload in (b"", b"x", b"a.b.c", b"..", b"\xff\xfe", packed[:-1], packed + b" ", forged, restored):
        assert other.open(payload) is None
    random = Random(5)
    for _ in range(300):
        bent = bytearray(packed)
        bent[random.randrange(2, len(bent))] ^= 1 << random.randrange(8)
        assert other.open(bytes(bent)) is None


def test_two_installations_on_one_redis_do_not_meet():
    assert Seal("s", "epoch one", "a").channel != Seal("s", "epoch two", "a").channel


# Rights.


def rights(actor: Actor, *allowed: str, **refused: str) -> Rights:
    codes = {key.replace("__", ":").replace("_", "."): {"code": code} for key, code in refused.items()}
    return Rights(actor, allowed=frozenset(allowed), refused=codes)


def test_a_plain_message_asks_nobody_again():
    kim = rights(KIM, "message.send", "message.edit", "message.redact", "message.report", order_start="wrong_role")
    assert not may_change(kim, [told(5, author="kim"), told(6, author="sam"), told(7, "message.edited")])


def test_the_first_message_makes_it_possible_to_edit_and_to_report():
    fresh = rights(KIM, "message.send", message_edit="edit_window_over", message_report="not_found")
    assert may_change(fresh, [told(1, author="kim")])
    assert may_change(fresh, [told(1, author="sam")])
    reporting = rights(KIM, "message.report", message_edit="edit_window_over")
    assert may_change(reporting, [told(2, author="kim")])
    assert not may_change(reporting, [told(2, author="sam")])


def test_every_message_moves_the_budget_of_the_seller_of_a_closed_order():
    assert may_change(rights(SAM, "message.send:check_in"), [told(5, author="sam")])
    spent = Rights(SAM, refused={"message.send:check_in": {"code": "follow_up_budget"}})
    assert may_change(spent, [told(6, author="kim")])


@pytest.mark.parametrize("kind", ["order.changed", "offer.made", "thread.closed", "message.redacted", "some.day"])
def test_anything_else_may_change_anything(kind):
    assert may_change(rights(KIM, "message.edit"), [told(5, kind)])


# Rates.


def test_twenty_at_once_then_five_a_second_and_each_person_alone():
    bucket = Bucket(5, 20)
    assert not any(bucket.take("kim", 100) for _ in range(20))
    assert bucket.take("kim", 100) == pytest.approx(0.2)
    assert bucket.take("sam", 100) == 0
    assert bucket.take("kim", 100.1) == pytest.approx(0.1)
    assert bucket.take("kim", 100.2) == 0
    assert bucket.take("kim", 100.2) == pytest.approx(0.2)


@given(st.lists(st.floats(0, 0.5), min_size=1, max_size=200))
def test_nobody_ever_gets_more_than_burst_plus_rate(pauses):
    bucket, now, taken = Bucket(5, 20), 0.0, 0
    for pause in pauses:
        now += pause
        wait = bucket.take("kim", now)
        taken += not wait
        if wait:
            assert Bucket(5, 20).take("kim", now) == 0
        assert taken <= 20 + 5 * now + 1e-6
