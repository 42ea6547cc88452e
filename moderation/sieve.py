"""Which rows of the feed a moderator wants, and in which order. Pure: what is asked, against what a row says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from chat.encoding import encode

Sort = Literal["newest", "risk", "waiting"]


@dataclass(slots=True)
class Row:
    """`said` is the row on the wire; beside it the instants that it is ordered by."""

    said: dict[str, Any]
    at: datetime
    since: datetime | None
    _text: str = ""

    @property
    def text(self) -> str:
        """Its JSON, made once for all feeds."""
        if not self._text:
            self._text = encode(self.said)
        return self._text

    @property
    def thread(self) -> str:
        return str(self.said["thread"])


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feed's filters; None wants all. Amounts are minor units, a language is the first part of a locale."""

    state: str | None = None
    flagged: bool | None = None
    user: str | None = None
    currency: str | None = None
    min_amount: int | None = None
    max_amount: int | None = None
    language: str | None = None
    sort: Sort = "newest"
    limit: int = 50


def language(locale: str) -> str:
    return locale.replace("_", "-").partition("-")[0].lower()


def fits(row: Row, wanted: Wanted) -> bool:
    said = row.said
    amount = said["price"]["amount"]
    return (
        wanted.state in (None, said["state"])
        and wanted.flagged in (None, bool(said["flags"]))
        and (wanted.user is None or any(wanted.user == each["user"] for each in said["parties"]))
        and wanted.currency in (None, said["price"]["currency"])
        and (wanted.min_amount is None or amount >= wanted.min_amount)
        and (wanted.max_amount is None or amount <= wanted.max_amount)
        and (wanted.language is None or language(wanted.language) in said["language"])
    )


def key(row: Row, sort: Sort) -> tuple[float | str, ...]:
    """The largest comes first: the newest, the riskiest (then the dearest), whoever waits longest (then the newest)."""
    at = row.at.timestamp()
    if sort == "risk":
        return row.said["risk"], row.said["price"]["amount"], at, row.thread
    if sort == "waiting" and row.since is not None:
        return 1, -row.since.timestamp(), row.thread
    return (0, at, row.thread) if sort == "waiting" else (at, row.thread)


def page_of(rows: Iterable[Row], wanted: Wanted) -> list[Row]:
    """The first of those that fit, as many as are wanted."""
    fitting = [row for row in rows if fits(row, wanted)]
    return sorted(fitting, key=lambda row: key(row, wanted.sort), reverse=True)[: wanted.limit]
