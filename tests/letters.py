"""The notices that people get, taken by a real handler into a table of the tests, with the trade time of each."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from chat import deadletters, installation, jobs
from chat.encoding import encode
from tests.market import Deal, instant

TABLE = "CREATE TABLE IF NOT EXISTS test_letter (person varchar(64), notice varchar(64), at varchar(40), payload text)"


@dataclass(frozen=True)
class Letter:
    """One notice as it reached somebody."""

    who: str
    notice: str
    at: datetime
    payload: dict[str, Any]

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self.payload["facts"]
        return facts


def take(payload: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        values = [payload["user"], payload["notice"], installation.now().isoformat(), encode(payload)]
        cursor.execute("INSERT INTO test_letter VALUES (%s, %s, %s, %s)", values)


@contextmanager
def nobody_delivers() -> Iterator[None]:
    """In here notices wait: writing a letter takes longer than most of what it tells of."""
    post = jobs._duties.pop("notice", None)
    yield
    if post is not None:
        jobs._duties["notice"] = post


@contextmanager
def delivered() -> Iterator[None]:
    """In here notices are taken by these tests' handler. Those of tests before are left to themselves."""
    deadletters.lay_aside("notice")
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    with nobody_delivers():
        jobs.handles("notice")(take)
        yield
        del jobs._duties["notice"]


def letters(deal: Deal) -> list[Letter]:
    """What kim and sam got, in order."""
    who = {deal.kim.user: "kim", deal.sam.user: "sam"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, notice, at, payload FROM test_letter WHERE person IN (%s, %s)", [*who])
        rows = cursor.fetchall()
    found = [Letter(who[person], notice, instant(at), json.loads(said)) for person, notice, at, said in rows]
    return sorted(found, key=lambda letter: letter.at)


def told(deal: Deal, after: int = 0) -> list[str]:
    """The same in a few words: `kim order.delivered`."""
    return [f"{letter.who} {letter.notice}" for letter in letters(deal)[after:]]
