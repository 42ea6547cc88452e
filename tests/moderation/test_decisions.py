"""Whom an act of staff concerns gets a statement of reasons, and may object to it once."""

from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from moderation.decisions import decide
from moderation.models import Decision
from tests.market import Deal

WHY = "abuse of the chat"


def test_a_decision_is_a_record_that_nobody_changes(deal: Deal) -> None:
    done = SimpleNamespace(actor=deal.mia.actor, now=datetime.now(UTC))
    made = decide(done, deal.kim.user, "moderation.warn", WHY)
    assert (made.user_id, made.moderator, made.reason, made.thread) == (deal.kim.user, deal.mia.user, WHY, None)
    rows = Decision.objects.filter(pk=made.pk)
    for change in (partial(rows.update, reason="another"), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert rows.get().reason == WHY
