"""The database connections of this process's threads, and what becomes of all of them when one is lost.

A database that was restarted took every connection with it. Found out one by one, at the next command that happens to
meet each, that would be a dozen refusals long after it is back.
"""

import threading

from django.db import connection

_lives = 0
_mine = threading.local()


def distrust() -> None:
    """A connection of this process broke: no thread's may be trusted."""
    global _lives  # noqa: PLW0603 - one count for all threads; a lost increment costs one refusal
    _lives += 1


def lost() -> None:
    """This thread's connection broke: no other may be trusted either."""
    distrust()
    connection.close()


def renewed() -> None:
    """Before work: leave a connection from before the last loss behind."""
    if getattr(_mine, "life", 0) != _lives:
        connection.close()
        _mine.life = _lives
