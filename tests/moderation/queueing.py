"""The moderators' queue as a test reads it: all of its pages, for tests share a database."""

from typing import Any

from tests.market import Deal, Person, Said


def everything(person: Person, limit: int = 100, **asked: Any) -> list[Said]:
    """Every item of the queue, in its order."""
    items: list[Said] = []
    cursor = None
    while True:
        page = person.does("moderation.queue", cursor=cursor, limit=limit, **asked)
        items += page["items"]
        if (cursor := page["cursor"]) is None:
            return items


def waits(deal: Deal, person: Person | None = None, **asked: Any) -> list[Said]:
    """The items of this deal's thread."""
    return [item for item in everything(person or deal.mia, **asked) if item.get("thread") == deal.thread]
