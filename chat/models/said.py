"""JSON that is kept as it was written. Must never be searched in: it has no index and no order of keys."""

from typing import Any

from django.db import models

from chat.encoding import encode


class Said(models.JSONField):
    """`json` on PostgreSQL: to write jsonb out again took longer than all else of reading (bench/README.md)."""

    def db_type(self, connection: Any) -> str | None:
        return "json" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value if hasattr(value, "as_sql") else encode(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        # The driver has read it already.
        return value if isinstance(value, dict) else super().from_db_value(value, expression, connection)
