"""The session of a page: whom it names, and, for staff, until when (issue 5: sessions end after idle).

Must never be prolonged by a program that keeps itself alive: only by what a person does.
"""

import secrets
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module
from math import inf
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from chat import people

STAFF = ("moderator", "lead")


def name(session: SessionBase, user: str, role: str, called: str) -> None:
    """From here on the session is this person's, with a key of its own by which its sockets can be ended."""
    session.update({"user": user, "role": role, "name": called, "key": secrets.token_hex(16)})


def begin(session: SessionBase, person: people.Known) -> None:
    """A person of staff has shown who they are: the session names them, and ends when they are idle."""
    name(session, person.user, person.role, person.name)
    session["since"] = time.time()
    seen(session)


def seen(session: SessionBase) -> None:
    """Somebody is there: it lasts another STAFF_IDLE_MINUTES, but never beyond STAFF_SESSION_HOURS in all."""
    limits = settings.SIGN_IN
    now = time.time()
    until = min(now + limits.staff_idle_minutes * 60, session["since"] + limits.staff_session_hours * 3600)
    session["until"] = until
    session.set_expiry(timedelta(seconds=max(0, until - now)))


def until(session: SessionBase) -> float:
    """When a session of staff ends (seconds since 1970, real time); inf for the demo's, which were begun without."""
    found: float = session.get("until", inf)
    return found


def named(request: HttpRequest) -> tuple[str, str, float]:
    """(user, key, until) of a session that holds still; ("", "", 0) where nobody is signed in any more.

    Blocks: call it through chat.offload. An account that was closed, or given another password, ends its sessions.
    """
    session = request.session
    user, ends = session.get("user", ""), until(session)
    closed = "since" in session and not getattr(request.user, "is_authenticated", False)
    if not user or ends <= time.time() or closed:
        return "", "", 0
    return user, session.get("key", ""), ends


def leave(session: SessionBase) -> None:
    """End the sockets that this session opened. The session itself is the caller's to flush."""
    if session.get("user") and session.get("key"):
        people.signed_out(session["user"], session["key"])


def end_all(user: str) -> int:
    """End every session of this person, sockets too; how many there were."""
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    ended = 0
    for row in Session.objects.all().iterator():
        session = store(row.session_key)
        if session.get("user") == user:
            leave(session)
            session.delete()
            ended += 1
    return ended


def forget_old() -> int:
    """Delete the sessions that have ended by themselves; how many."""
    return Session.objects.filter(expire_date__lt=datetime.now(UTC)).delete()[0]
