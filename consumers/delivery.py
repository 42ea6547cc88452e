"""All that leaves one socket, in order, and never more than its window. The log is the buffer. Pure.

A thread's entries are asked for only when there is room for them; nothing is ever queued here.
"""

import math

from consumers import wire
from consumers.effects import Effect, Read, Unfollow
from consumers.following import Following, Owed
from consumers.limits import Limits
from consumers.outbox import Outbox
from consumers.told import Told
from consumers.window import Window

# Room in a frame for `{"type":"entries","thread":…}` and the array around it.
ENVELOPE = 512
# A resume of 200 threads must not ask the database for all of them at once.
READS = 4
# Between two frames of the feed.
STREAM_S = 0.25


class Delivery:
    """One socket's threads, its window and its outbox."""

    def __init__(self, limits: Limits, window: Window, effects: list[Effect]) -> None:
        self._window = window
        self._effects = effects
        self._largest = limits.max_frame_out_bytes - ENVELOPE
        self._wanting: dict[Following, None] = {}
        self._reading = 0
        self._streamed = -math.inf
        self._stream_ping: float = 0
        self.viewer = ""
        self.outbox = Outbox(limits.max_frame_out_bytes)
        self.follows: dict[str, Following] = {}

    def put(self, text: str, now: float, *, frames: int = 0) -> None:
        """Send one object; every so much of them a ping goes along, to learn what has arrived."""
        size = wire.size(text)
        self.outbox.put(text, size)
        self._window.sent(size, frames)
        if self._window.probe_due:
            self.ping(now)

    def stop(self) -> None:
        """Nothing more about any thread: a `bye` is to be the last."""
        self._wanting.clear()
        self._stream_ping = math.inf
        for following in self.follows.values():
            following.live = False

    def ping(self, now: float) -> int:
        n = self._window.ping(now)
        text = wire.encode({"type": "ping", "n": n})
        self.outbox.put(text, len(text))
        return n

    def streams(self, now: float) -> bool:
        """May a frame of the feed leave: is the last one acknowledged, and long enough ago?"""
        window = self._window
        return window.answered >= self._stream_ping and now - self._streamed >= STREAM_S and window.room > 0

    def stream(self, text: str, now: float) -> None:
        """Send a frame of the feed, and ask at once when it has arrived."""
        self.put(text, now, frames=1)
        self._streamed, self._stream_ping = now, self.ping(now)

    def begin(self, following: Following, now: float) -> None:
        """The subscription was answered: entries after its cursor may leave from here on."""
        following.live = True
        self._arrived(following, now)
        self._want(following)

    def drop(self, thread: str) -> None:
        following = self.follows.pop(thread, None)
        if following is not None:
            following.live = False
            self._wanting.pop(following, None)
            self._effects.append(Unfollow(thread))

    def hint(self, thread: str, head: int) -> None:
        """The log of this thread may go as far as `head`: true, late, doubled or false, it only makes us look."""
        following = self.follows.get(thread)
        if following is not None:
            following.head = max(following.head, head)
            self._want(following)

    def took(self, following: Following, batch: list[Told], now: float) -> None:
        """What a read brought. What does not fit now is read again when there is room."""
        following.reading = False
        self._reading -= 1
        if following.live:
            before, begin = following.cursor, 0
            while begin < len(batch) and batch[begin].seq <= before:
                begin += 1
            while (room := self._window.room) > 0:
                chunk = following.chunk(batch, begin, min(self._largest, room))
                if not chunk:
                    break
                begin += len(chunk)
                self._deliver(following, chunk, now)
            if following.cursor == before and room > 0:
                # A false hint: there is nothing.
                following.head = before
        self._want(following)

    def missed(self, following: Following) -> None:
        """A read failed. Asking again at once would hammer a database in trouble: the next sweep's hint will."""
        following.reading = False
        self._reading -= 1
        self._pump()

    def show(self, thread: str, as_of: int, rights: str, text: str, now: float) -> None:
        """Capabilities as they are now: told where they differ from what this socket was last told."""
        following = self.follows.get(thread)
        if following is not None and following.live:
            following.owed = Owed(as_of, rights, text)
            self._settle(following, now)

    def whisper(self, thread: str, text: str, now: float) -> None:
        """A frame that may be lost; a socket that does not keep up goes without."""
        following = self.follows.get(thread)
        if following is not None and following.live and self._window.room > 0:
            self.put(text, now)

    def notify(self, text: str, now: float) -> None:
        """The same about no thread."""
        if self._window.room > 0:
            self.put(text, now)

    def acknowledged(self, now: float) -> None:
        """A pong came: there may be room again."""
        for following in self.follows.values():
            if following.owed:
                self._settle(following, now)
        self._pump()

    def _deliver(self, following: Following, chunk: list[Told], now: float) -> None:
        self.put(wire.entries(following.thread, [told.to(self.viewer) for told in chunk]), now, frames=1)
        following.cursor = chunk[-1].seq
        following.head = max(following.head, following.cursor)
        following.usual = max(1, sum(told.size for told in chunk) // sum(told.count for told in chunk))
        self._arrived(following, now)

    def _arrived(self, following: Following, now: float) -> None:
        if following.goal is not None and following.cursor >= following.goal:
            following.goal = None
            frame = {"type": "caught_up", "thread": following.thread, "seq": following.cursor}
            self.put(wire.encode(frame), now)
        self._settle(following, now)

    def _settle(self, following: Following, now: float) -> None:
        owed = following.owed
        if owed is None or owed.as_of > following.cursor or self._window.room <= 0:
            return
        following.owed = None
        if owed.rights != following.rights:
            following.rights = owed.rights
            self.put(owed.text, now)

    def _want(self, following: Following) -> None:
        if following.wants:
            self._wanting[following] = None
        self._pump()

    def _pump(self) -> None:
        while self._wanting and self._reading < READS and (room := self._window.room) > 0:
            following = next(iter(self._wanting))
            del self._wanting[following]
            following.reading = True
            self._reading += 1
            self._effects.append(Read(following, following.cursor, following.limit(room)))
