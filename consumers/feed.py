"""One moderator's feed: what belongs on the page, what the page was told, and the difference. Pure.

Holds two pages of rows and nothing else, however busy the threads are: a row that changed twice is told once.
"""

from typing import Protocol

from consumers import wire
from moderation.sieve import Row, Wanted, fits, key, page_of

# Of rows in one frame, so that it stays below the frame's limit; the rest goes with the next.
MOST_BYTES = 48 * 1024


class Viewer(Protocol):
    """The socket that a feed is for. Neither may wait or raise."""

    @property
    def is_due(self) -> bool:
        """Was the last frame acknowledged, and long enough ago?"""
        ...

    def show(self, text: str) -> None: ...


class Feed:
    """`is_stale`: a row left a full page, and what comes next is known to the database alone."""

    def __init__(self, wanted: Wanted, viewer: Viewer) -> None:
        self.wanted = wanted
        self.is_live = False
        self.is_stale = False
        self._viewer = viewer
        self._page: dict[str, Row] = {}
        self._told: dict[str, Row] = {}
        # Rows that the client still shows and that fit no more, as they were last seen.
        self._left: dict[str, Row] = {}

    def begin(self, page: list[Row]) -> None:
        """The client is told this page by the reply; changes from here on."""
        self._page = {row.thread: row for row in page}
        self._told = dict(self._page)
        self.is_live = True

    def renew(self, page: list[Row]) -> None:
        """What the database says belongs on the page."""
        self._turn({row.thread: row for row in page}, {})
        self.is_stale = False

    def take(self, rows: dict[str, Row]) -> None:
        """These threads stand so now."""
        if not self.is_live:
            return
        sort, old = self.wanted.sort, self._page
        if len(old) == self.wanted.limit:
            last = min(key(row, sort) for row in old.values())
            known = (row for thread, row in rows.items() if thread in old)
            self.is_stale |= any(not fits(row, self.wanted) or key(row, sort) < last for row in known)
        page = page_of((old | rows).values(), self.wanted)
        self._turn({row.thread: row for row in page}, rows)

    def flush(self) -> None:
        """Tell the client what has changed, if it has taken what came before."""
        if self.is_live and self._viewer.is_due:
            rows, out = self._changes()
            if rows or out:
                self._viewer.show(frame(rows, out))

    def _turn(self, page: dict[str, Row], rows: dict[str, Row]) -> None:
        fresh = self._page | rows
        self._page = page
        left = (thread for thread in self._told if thread not in page)
        self._left = {thread: fresh.get(thread) or self._left.get(thread) or self._told[thread] for thread in left}

    def _changes(self) -> tuple[list[Row], list[str]]:
        """Rows that differ from what was told, and threads that belong on the page no more; they count as told now."""
        out, self._left = self._left, {}
        changed = [row for thread, row in out.items() if row.said != self._told[thread].said]
        for thread in out:
            del self._told[thread]
        size = sum(wire.size(row.text) for row in changed)
        for thread, row in self._page.items():
            told = self._told.get(thread)
            if told is None or told.said != row.said:
                size += wire.size(row.text)
                if size > MOST_BYTES and changed:
                    break
                changed.append(row)
                self._told[thread] = row
        return changed, list(out)


def frame(rows: list[Row], out: list[str]) -> str:
    gone = f',"out":{wire.encode(out)}' if out else ""
    return f'{{"type":"feed","rows":[{",".join(row.text for row in rows)}]{gone}}}'
