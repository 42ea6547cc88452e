"""What jobs of the tests do: each writes one row, in a table that takes any row twice, so that a double would show."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import override_settings

from chat.jobs import handles

TABLE = "CREATE TABLE test_effect (kind varchar(64), name varchar(64))"


def lay_out() -> None:
    """Make the table, once in each database."""
    with connection.cursor() as cursor:
        if "test_effect" not in connection.introspection.table_names(cursor):
            cursor.execute(TABLE)


def write(kind: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO test_effect (kind, name) VALUES (%s, %s)", [kind, name])


def written(kind: str) -> list[str]:
    """The names that jobs of this kind wrote, sorted; one that was done twice is there twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM test_effect WHERE kind = %s ORDER BY name", [kind])
        return [name for (name,) in cursor.fetchall()]


def nothing_more(name: str) -> None:
    pass


def count_on(kind: str, then: Callable[[str], Any] = nothing_more) -> str:
    """Register a real handler that writes its payload's name, and then does what else the test wants."""

    @handles(kind)
    def handle(payload: dict[str, Any]) -> None:
        write(kind, payload["name"])
        then(payload["name"])

    return kind


def slowly(name: str) -> None:
    """Work that takes long enough to be killed in."""
    time.sleep(0.01)


def set_to(**environment: object) -> override_settings:
    """Other limits for jobs, as the environment would set them."""
    return override_settings(ENV=settings.ENV.model_copy(update=environment))
