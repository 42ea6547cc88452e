"""Where letters land: Django's own outbox for tests, empty at the start of each. And people, over HTTP."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from django.core import mail
from django.test import override_settings

from tests.api.market import Market
from tests.services.server import Server

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
Outbox = list[Any]


@pytest.fixture
def outbox() -> Iterator[Outbox]:
    with override_settings(EMAIL_BACKEND=LOCMEM, PUBLIC_URL="https://orders.example"):
        mail.outbox = []
        yield mail.outbox


@pytest.fixture
def post(trade: None) -> Iterator[None]:
    """From here on jobs bring letters; what other tests left waiting is nobody's."""
    from chat import deadletters, jobs
    from notices.delivery import deliver

    deadletters.lay_aside("notice")
    jobs.handles("notice", outside=True)(deliver)
    yield
    del jobs._duties["notice"]


@pytest.fixture
def market(server: Server) -> Iterator[Market]:
    with httpx2.Client(base_url=server.url, timeout=20) as http:
        yield Market(http)
