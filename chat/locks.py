"""Telling a lock that was not had in time (`busy`) from a database that is gone (`unavailable`)."""

from django.db import Error

LOCK_NOT_AVAILABLE = {
    "55P03",
    "57014",
    "40P01",
    "40001",
}  # PostgreSQL: lock timeout, statement timeout, deadlock, …


def is_lock_refusal(fault: Error) -> bool:
    cause = fault.__cause__
    if getattr(cause, "sqlstate", None) in LOCK_NOT_AVAILABLE:
        return True
    return "database is locked" in str(fault)
