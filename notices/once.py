"""What left already: a job may be run again, after a crash or because one of several ways failed (at least once).

Between leaving and being noted here a worker may still die; against that a letter has the same Message-ID each time,
and a push the same id, by which the other side may know it.
"""

import hashlib
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from notices.models import Delivered

# No job is tried for longer.
KEPT = timedelta(days=30)


def key_of(payload: Mapping[str, Any]) -> str:
    """Names a job by its key, the same in every attempt. A job without one is told anew each time, never lost."""
    key = payload.get("key") or str(uuid.uuid4())
    return hashlib.sha256(f"{payload['user']}\0{payload['notice']}\0{key}".encode()).hexdigest()[:40]


def has_left(key: str, way: str) -> bool:
    return Delivered.objects.filter(key=key, way=way).exists()


def note(key: str, way: str) -> None:
    """It left."""
    Delivered.objects.get_or_create(key=key, way=way)


def forget_old() -> int:
    """Drop what is too old to matter; returns how many."""
    return Delivered.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
