"""Who is online: at least one socket in any process (domain.md, "The thread" 8). Pure; never a moderator's.

Other processes tell their counts; one that falls silent is forgotten with its people.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

# A process that lives says so every 5 s (relay.py).
SILENCE_S = 16


class Presence:
    def __init__(self) -> None:
        self._here: Counter[str] = Counter()
        self._there: dict[str, dict[str, int]] = {}
        self._heard: dict[str, float] = {}

    def online(self, user: str) -> bool:
        return user in self._here or any(user in users for users in self._there.values())

    def sockets_elsewhere(self, user: str) -> int:
        return sum(users.get(user, 0) for users in self._there.values())

    def sockets_here(self, user: str) -> int:
        return self._here[user]

    def here(self) -> dict[str, int]:
        """This process's people and how many sockets each has."""
        return dict(self._here)

    def arrive(self, user: str) -> bool:
        """One more socket here. True where the person came online by it."""
        before = self.online(user)
        self._here[user] += 1
        return not before

    def depart(self, user: str) -> bool:
        """One socket less here. True where the person went offline by it."""
        self._here[user] -= 1
        if self._here[user] <= 0:
            del self._here[user]
        return not self.online(user)

    def heard(self, process: str, now: float) -> bool:
        """Another process lives. True where it is new to us."""
        fresh = process not in self._heard
        self._heard[process] = now
        self._there.setdefault(process, {})
        return fresh

    def told(self, process: str, counts: Mapping[str, int], *, whole: bool, now: float) -> list[str]:
        """What a process says of its people, all of them where `whole`. Returns whose state has changed by it."""
        self._heard[process] = now
        users = self._there.setdefault(process, {})
        touched = {*counts, *(users if whole else ())}
        before = {user: self.online(user) for user in touched}
        if whole:
            users.clear()
        for user, sockets in counts.items():
            users[user] = sockets
            if sockets <= 0:
                del users[user]
        return [user for user in touched if self.online(user) != before[user]]

    def forget_silent(self, now: float) -> list[str]:
        """Drop processes that are gone. Returns who went offline with them."""
        gone: list[str] = []
        for process in [each for each, at in self._heard.items() if now - at > SILENCE_S]:
            gone += self.told(process, {}, whole=True, now=now)
            del self._heard[process], self._there[process]
        return gone

    def fill(self, parties: Iterable[dict[str, Any]]) -> None:
        """Write `online` into a snapshot's parties: the database does not know it."""
        for party in parties:
            party["online"] = self.online(party["user"])
