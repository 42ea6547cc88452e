"""Gives the tutorial the people, rooms and long histories that ours has, and prints everyone's session as JSON.

Run as a program of its own: a process has the settings of one Django project only.
"""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.baselines.tutorial.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from bench.baselines.tutorial.models import Message, Room  # noqa: E402
from bench.filling import TEXT  # noqa: E402
from bench.names import LONG_ENTRIES, LONG_THREADS, PEOPLE, THREADS, parties  # noqa: E402


def sign_in(user: User) -> str:
    """A session of this person, as the login view would have made it; returns the cookie's value."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def main() -> None:
    names = [name for number in range(PEOPLE) for name in parties(number)]
    users = {user.username: user for user in User.objects.bulk_create(User(username=name) for name in names)}
    rooms = [(f"t{n}", n) for n in range(THREADS)] + [(f"long{n}", n) for n in range(LONG_THREADS)]
    Room.objects.bulk_create(
        Room(name=name, buyer=users[parties(n)[0]], seller=users[parties(n)[1]]) for name, n in rooms
    )
    Message.objects.bulk_create(
        Message(room_id=f"long{n}", author=users[parties(n)[k % 2]], text=TEXT)
        for n in range(LONG_THREADS)
        for k in range(LONG_ENTRIES)
    )
    print(json.dumps({name: sign_in(user) for name, user in users.items()}))


main()
