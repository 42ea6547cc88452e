"""The chained record of all that staff saw and did. Rows are only ever added, each sealed with the one before."""

from django.db import models
from django.db.models import Q

from chat.models.staff import StaffAct, Watch


class AuditRecord(models.Model):
    """One look, act or reading. `hash` is over the rest (chat.chain); `watch` or `act` is the row it records."""

    n = models.BigIntegerField(primary_key=True, help_text="1, 2, 3, … without a gap")
    at = models.DateTimeField()
    moderator = models.CharField(max_length=64)
    action = models.CharField(max_length=48)
    thread = models.CharField(max_length=64, blank=True)
    user = models.CharField(max_length=64, blank=True, help_text="whom the act concerned, where it was a person")
    reason = models.TextField(blank=True)
    about = models.JSONField(default=dict)
    watch = models.OneToOneField(Watch, models.PROTECT, null=True, blank=True, related_name="record")
    act = models.OneToOneField(StaffAct, models.PROTECT, null=True, blank=True, related_name="record")
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["moderator", "-n"], name="audit_by_moderator"),
            models.Index(fields=["thread", "-n"], condition=~Q(thread=""), name="audit_by_thread"),
            models.Index(fields=["user", "-n"], condition=~Q(user=""), name="audit_by_user"),
        ]


class AuditHead(models.Model):
    """One row: the end of the chain. Whoever adds to it holds this row until the commit, last of all locks."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    n = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="audit_head_single")]
