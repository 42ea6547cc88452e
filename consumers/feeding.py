"""`moderation.feed`: a socket's feed begun, changed and ended (protocol.md §6).

Must never bring a text of anybody: a feed is no look.
"""

from typing import Any

from chat import staff
from chat.commands import ModerationFeed
from chat.refusals import Refused
from consumers import dispatch, house
from consumers.caller import Caller
from consumers.feed import Feed
from consumers.turns import Job
from moderation.sieve import Wanted


class Screen:
    """The socket as its feed sees it (feed.Viewer)."""

    def __init__(self, connection: Caller) -> None:
        self._connection = connection

    @property
    def is_due(self) -> bool:
        return self._connection.session.delivery.streams(self._connection.now)

    def show(self, text: str) -> None:
        self._connection.session.delivery.stream(text, self._connection.now)
        self._connection.turn()


def end(connection: Caller) -> None:
    """Nothing more of the feed that this socket has, if it has one."""
    if connection.feed is not None:
        house.feeds.close(connection.feed)
        connection.feed = None


async def feed(connection: Caller, job: Job) -> None:
    """Another one of the same socket takes the place of the first."""
    command = job.command
    assert isinstance(command, ModerationFeed)
    try:
        rows = await dispatch.counted(command.type, _begin(connection, command))
    except Refused as refusal:
        connection.refused(job, refusal)
        return
    connection.session.requests.answered(job, rows, connection.now)
    connection.turn()


async def _begin(connection: Caller, command: ModerationFeed) -> dict[str, Any]:
    staff.admit(connection.actor, command.type)
    end(connection)
    if not command.on:
        return {}
    connection.feed = feed = Feed(wanted(command), Screen(connection))
    return {"rows": [row.said for row in await house.feeds.open(feed)]}


def wanted(command: ModerationFeed) -> Wanted:
    return Wanted(
        state=command.state,
        flagged=command.flagged,
        user=command.user,
        currency=command.currency,
        min_amount=command.min_amount,
        max_amount=command.max_amount,
        language=command.language,
        sort=command.sort,
        limit=command.limit,
    )
