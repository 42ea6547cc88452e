"""The hub brings every follower the news of a thread, wherever they were committed, and knows who is online."""

from hypothesis import given
from hypothesis import strategies as st

from chat.actors import Actor
from chat.announce import Committed, Revoked, Signal
from chat.refusals import Refused
from consumers.hints import Alive, Here, Hint
from consumers.hub import Hub
from consumers.presence import SILENCE_S, Presence
from consumers.told import tell
from consumers.topic import Rights
from tests.consumers.parts import KIM, MIA, SAM, record


class Listener:
    """A socket as the hub sees one."""

    is_busy = False

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.session_key = ""
        self.heads: list[int] = []
        self.whispers: list[str] = []
        self.closed: int | None = None

    def hint(self, thread: str, head: int) -> None:
        self.heads.append(head)

    def notify(self, text: str) -> None:
        self.whispers.append(text)

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
        self.hub = Hub(lambda _, news: self.changed.extend(entry.seq for entry in news or ()))
        self.hub.relay = self.said.append

    def enter(self, actor: Actor, thread: str = "t", head: int = 0) -> Listener:
        listener = Listener(actor)
        self.hub.join(listener)
        self.hub.opened(self.hub.follow(thread, listener), head, ("kim", "sam"))
        return listener

    def hear(self, other: "Process", now: float = 0) -> None:
        said, other.said[:] = other.said[:], []
        self.hub.heard(other.name, said, now)


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


def test_signing_out_ends_what_that_page_session_opened_in_every_process_and_nothing_else():
    here, there = Process("a"), Process("b")
    page, other_page, phone = here.enter(KIM), there.enter(KIM), there.enter(KIM)
    page.session_key = other_page.session_key = "tab"
    here.hub.take(Revoked("kim", "tab"))
    there.hear(here)
    assert [socket.closed for socket in (page, other_page, phone)] == [4006, 4006, None]


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
