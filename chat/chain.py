"""How a record of the audit is sealed with the one before it. Pure: the format that `audit verify` holds rows against.

Must never change: rows that were sealed once are checked by it for ever.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

BEGINNING = "0" * 64
SEALED = ("n", "at", "moderator", "action", "thread", "user", "reason", "about", "watch_id", "act_id", "prev")


def sealed(row: Any) -> str:
    """The SHA-256, in hex, of the row as canonical JSON: sorted keys, no blanks, UTF-8, times to the microsecond."""
    said = {name: plain(getattr(row, name)) for name in SEALED}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
