"""What was caught in people's words, what was kept back for it, and what was masked; for staff only.

Columns and constraints only. A flag is settled once and a held message is decided once; nothing else of a row changes.
"""

from django.db import models
from django.db.models import Q

from chat.models.threads import Thread


class Held(models.Model):
    """A message that waits for a moderator. It has no seq until it is released, and its recipient knows nothing."""

    id = models.CharField(primary_key=True, max_length=64)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="held")
    by = models.CharField(max_length=64)
    by_role = models.CharField(max_length=16)
    command = models.CharField(max_length=36, help_text="the author's command id")
    purpose = models.CharField(max_length=16)
    reply_to = models.BigIntegerField(null=True, blank=True)
    text = models.TextField(help_text="as it was written")
    caught = models.JSONField(help_text="what its author was told: [{kind, start, end, action}]")
    at = models.DateTimeField()
    state = models.CharField(max_length=16, default="waiting", help_text="waiting, released or rejected")
    settled_by = models.CharField(max_length=64, blank=True, help_text="the moderator")
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="why it was rejected")
    seq = models.BigIntegerField(null=True, blank=True, help_text="where it was released to")

    class Meta:
        indexes = [models.Index(fields=["thread", "at"], condition=Q(state="waiting"), name="held_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | Q(state__in=("released", "rejected"), settled_at__isnull=False),
                name="held_decided_once",
            ),
        ]


class Flag(models.Model):
    """One thing caught in a text: of the entry `seq`, or of a held message until it has one."""

    id = models.CharField(primary_key=True, max_length=64)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="flags")
    seq = models.BigIntegerField(null=True, blank=True)
    held = models.ForeignKey(Held, models.PROTECT, null=True, blank=True, related_name="flags")
    field = models.CharField(max_length=32, default="text", help_text="which of the entry's texts")
    by = models.CharField(max_length=64, help_text="the author")
    kind = models.CharField(max_length=32)
    start = models.IntegerField(help_text="in code points of the text as it was written")
    end = models.IntegerField()
    action = models.CharField(max_length=8, help_text="flag, mask or hold")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=64, blank=True, help_text="the moderator")

    class Meta:
        indexes = [models.Index(fields=["thread", "seq"], condition=Q(settled_at__isnull=True), name="flag_open")]
        constraints = [
            models.CheckConstraint(condition=Q(seq__isnull=False) | Q(held__isnull=False), name="flag_has_its_words"),
        ]


class Original(models.Model):
    """A text as it was written before parts of it were masked; read by staff alone."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="originals")
    seq = models.BigIntegerField()
    field = models.CharField(max_length=32)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "seq", "field"], name="original_once")]
