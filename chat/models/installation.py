"""What this database is, and what it still has to do."""

import uuid

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """What is to be done after a commit, kept by the transaction that wants it. Only `run_at` is trade time."""

    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=200)
    payload = models.JSONField()
    state = models.CharField(max_length=8, default="waiting", help_text="waiting, done or dead")
    run_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    owner = models.CharField(max_length=80, blank=True, help_text="the worker that has it now")
    leased_until = models.DateTimeField(null=True, blank=True, help_text="until then no other worker takes it")
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="job_once")]
        indexes = [
            models.Index(fields=["run_at"], condition=Q(state="waiting"), name="job_waiting"),
            models.Index(fields=["id"], condition=Q(state="dead"), name="job_dead"),
        ]


class Installation(models.Model):
    """One row: what this database is. A restored backup gets a new epoch (protocol.md §4)."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    epoch = models.UUIDField(default=uuid.uuid4)
    clock_offset_s = models.BigIntegerField(default=0, help_text="only moved with TEST_CLOCK=1")
    waiting_until = models.DateTimeField(null=True, blank=True, help_text="messages up to then were looked at")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="installation_single")]
