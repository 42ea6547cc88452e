"""The pieces of numbers that people wrote lately through this process, so that a group need not ask the database.

Must never judge: whoever may have completed a number goes the single road, which reads the log (chat/holding.py).
"""

from collections import OrderedDict
from datetime import datetime, timedelta

from chat.catching.phones import is_pieced

# How far back a number may have begun.
PIECES = 5
PIECES_WITHIN = timedelta(minutes=10)
# People in threads that are remembered; the longest silent are forgotten first.
REMEMBERED = 20_000

Pieces = list[tuple[datetime, str]]
_written: OrderedDict[tuple[str, str], Pieces] = OrderedDict()


def may_complete(thread: str, user: str, digits: str, now: datetime) -> bool:
    """Whether these digits, after those that the same person wrote there lately, may make a number; if not, they are
    remembered as one more piece.
    """
    earlier = _written.get((thread, user), [])
    whole = digits
    for at, before in reversed(earlier):
        if now - at > PIECES_WITHIN:
            break
        whole = before + whole
        if is_pieced(whole):
            return True
    remember(thread, user, digits, now)
    return False


def remember(thread: str, user: str, digits: str, now: datetime) -> None:
    written = _written.setdefault((thread, user), [])
    written.append((now, digits))
    del written[:-PIECES]
    _written.move_to_end((thread, user))
    while len(_written) > REMEMBERED:
        _written.popitem(last=False)
