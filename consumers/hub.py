"""The hub: one per process. It knows this process's sockets by person and by thread and brings them the news.

Must never decide what a socket gets: it says how far a log goes, and each socket reads on from its own cursor.
Everything here runs in the event loop, never waits and never touches the database.
"""

import logging
from collections.abc import Callable, Iterable

from chat.actors import Actor, Standing
from chat.announce import Committed, News, Personal, Revoked, Signal, Touched
from consumers import closing, hints, metrics, wire
from consumers.hints import Alive, Entries, Here, Hint
from consumers.presence import Presence
from consumers.told import Told, tell
from consumers.topic import Member, Topic

logger = logging.getLogger(__name__)


class Hub:
    """`changed` is called with a topic and the entries that may have changed somebody's rights in it, None for another
    cause.
    """

    def __init__(self, changed: Callable[[Topic, list[Told] | None], None]) -> None:
        self._changed = changed
        self._by_party: dict[str, set[Topic]] = {}
        self.relay: Callable[[Hint], None] | None = None
        self.topics: dict[str, Topic] = {}
        self.sockets: set[Member] = set()
        self.people: dict[str, set[Member]] = {}
        self.presence = Presence()
        # Threads that moved, for staff's feeds; None while nobody has one open, so that nobody pays for it.
        self.moved: set[str] | None = None

    # Sockets.

    def sockets_of(self, user: str) -> int:
        """In this process, and in others as far as they have told."""
        return len(self.people.get(user, ())) + self.presence.sockets_elsewhere(user)

    def join(self, member: Member) -> None:
        user = member.actor.user
        self.people.setdefault(user, set()).add(member)
        metrics.SOCKETS.inc()
        if is_shown(member.actor):
            if self.presence.arrive(user):
                self._tell_presence([user])
            self._tell(Here({user: self.presence.sockets_here(user)}, whole=False))

    def leave(self, member: Member, threads: Iterable[str]) -> None:
        """The socket is gone, and what it followed with it."""
        for thread in threads:
            self.unfollow(thread, member)
        user = member.actor.user
        theirs = self.people.get(user, set())
        if member not in theirs:
            return
        theirs.discard(member)
        if not theirs:
            del self.people[user]
        metrics.SOCKETS.dec()
        if is_shown(member.actor):
            if self.presence.depart(user):
                self._tell_presence([user])
            self._tell(Here({user: self.presence.sockets_here(user)}, whole=False))

    def follow(self, thread: str, member: Member) -> Topic:
        """Bring the thread's hints to this socket from now on."""
        topic = self.topics.get(thread)
        if topic is None:
            topic = self.topics[thread] = Topic(thread)
        topic.members.add(member)
        return topic

    def opened(self, topic: Topic, head: int, parties: tuple[str, str]) -> None:
        """The database told how far the log goes and whose it is."""
        topic.ring.start(head)
        topic.known = max(topic.known, head)
        if not topic.parties and topic.members:
            topic.parties = parties
            for user in parties:
                self._by_party.setdefault(user, set()).add(topic)

    def unfollow(self, thread: str, member: Member) -> None:
        topic = self.topics.get(thread)
        if topic is None:
            return
        topic.members.discard(member)
        if not topic.of(member.actor):
            topic.rights.pop(member.actor, None)
        if not topic.members:
            del self.topics[thread]
            for user in topic.parties:
                self._by_party[user].discard(topic)
                if not self._by_party[user]:
                    del self._by_party[user]

    # News.

    def take(self, news: News) -> None:
        """What this process committed, after the commit."""
        told: list[Told] = []
        if isinstance(news, Committed) and (self.relay or news.thread in self.topics):
            told = [tell(record) for record in news.records]
        hint = hints.of(news, told)
        self._tell(hint)
        self._spread(hint)

    def heard(self, process: str, said: list[Hint], now: float) -> None:
        """What another process told."""
        for hint in said:
            try:
                if isinstance(hint, Here):
                    self._tell_presence(self.presence.told(process, hint.counts, whole=hint.whole, now=now))
                elif isinstance(hint, Alive):
                    if self.presence.heard(process, now) or hint.ask:
                        self.call_the_roll()
                else:
                    self._spread(hint)
            except Exception:
                # A process of another version may mean something else by it; the sweep finds what matters.
                logger.exception("a hint of %s could not be taken", process)

    def forget_silent(self, now: float) -> None:
        self._tell_presence(self.presence.forget_silent(now))

    def signal(self, signal: Signal) -> None:
        """Tell what may be lost, here and elsewhere."""
        self._tell(signal)
        self._spread(signal)

    def _spread(self, hint: Hint) -> None:
        if isinstance(hint, Revoked):
            self.revoke(hint.user, hint.session, staff=hint.staff)
        elif isinstance(hint, Personal):
            text = wire.encode(hint.frame)
            for member in tuple(self.people.get(hint.user, ())):
                member.notify(text)
        elif isinstance(hint, Entries | Signal | Touched):
            self._spread_in_thread(hint)

    def _spread_in_thread(self, hint: Entries | Signal | Touched) -> None:
        if self.moved is not None and not isinstance(hint, Signal):
            self.moved.add(hint.thread)
        topic = self.topics.get(hint.thread)
        if topic is None:
            return
        if isinstance(hint, Signal):
            topic.whisper(wire.encode(hint.frame), but=hint.sender)
        elif isinstance(hint, Touched):
            self._changed(topic, None)
        elif hint.told:
            topic.take(hint.told)
            self._changed(topic, hint.told)

    def revoke(self, user: str, session: str = "", *, staff: bool = False) -> None:
        """This person may be here no longer, or not with what this page session opened, or not as staff."""
        # Erased words may still be in memory here.
        for topic in self._by_party.get(user, ()):
            topic.ring.clear()
        for member in tuple(self.people.get(user, ())):
            if not session and not staff:
                member.close(closing.SUSPENDED)
            elif member.session_key == session if session else member.actor.standing is Standing.MODERATOR:
                member.close(closing.SESSION_REVOKED)

    def _tell(self, hint: Hint) -> None:
        if self.relay is not None:
            self.relay(hint)

    def call_the_roll(self) -> None:
        """Tell the other processes who is here."""
        self._tell(Here(self.presence.here(), whole=True))

    def _tell_presence(self, users: Iterable[str]) -> None:
        """Tell everyone who shares a thread with them, each socket once."""
        for user in users:
            text = wire.encode({"type": "presence", "user": user, "online": self.presence.online(user)})
            told: set[Member] = set()
            for topic in self._by_party.get(user, ()):
                for member in topic.members - told:
                    told.add(member)
                    if member.actor.user != user:
                        member.whisper(topic.thread, text)


def is_shown(actor: Actor) -> bool:
    """A moderator looks silently (domain.md, "Moderators")."""
    return actor.standing is not Standing.MODERATOR
