"""Trade time in this process, moved as the test clock moves it. Needs the fixture `trade`."""

import math
from datetime import datetime, timedelta

from chat import installation
from orders import clock


def now() -> datetime:
    return installation.now()


def passes(**span: float) -> None:
    """So much time passes, and the clock has acted: `passes(days=7)`."""
    clock.advance(math.ceil(timedelta(**span).total_seconds()))


def until(at: datetime) -> None:
    """Time passes until this instant, to within a second after it."""
    passes(seconds=(at - now()).total_seconds())


def just_before(at: datetime) -> None:
    """Time passes until one or two seconds before this instant."""
    # What others' orders owe by then is settled first, lest it takes those seconds.
    while (left := (at - now()).total_seconds()) > 2:
        clock.advance(math.floor(left - (1 if left < 4000 else 3600)))


def unnoticed(**span: float) -> None:
    """So much time passes, but the clock has not been round yet."""
    installation.move_clock(math.ceil(timedelta(**span).total_seconds()))


def strikes(**span: float) -> None:
    """So much time passes in one go, and only then the clock comes round, as after a sleep."""
    unnoticed(**span)
    clock.sweep()


def instant(text: str) -> datetime:
    """A time of the wire."""
    return datetime.fromisoformat(text)
