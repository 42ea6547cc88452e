"""What an errand needs of the connection that it runs for. Nothing here may wait."""

from typing import Protocol

from chat.refusals import Refused
from consumers.feed import Feed
from consumers.following import Following
from consumers.session import Session
from consumers.told import Told
from consumers.topic import Member, Topic
from consumers.turns import Job


class Caller(Member, Protocol):
    origin: str
    session: Session
    feed: Feed | None

    @property
    def now(self) -> float:
        """The loop's time."""
        ...

    def follow(self, thread: str) -> Topic: ...

    def took(self, following: Following, told: list[Told]) -> None: ...

    def refused(self, job: Job, refusal: Refused) -> None: ...

    def turn(self) -> None: ...
