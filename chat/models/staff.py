"""What staff saw and did, and what was said to them alone. Rows here are only ever added."""

from django.db import models

from chat.models.threads import Thread


class Watch(models.Model):
    """A moderator's right to see one thread for a while, and the record that it was taken: rows are never changed."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="watches")
    moderator = models.CharField(max_length=64)
    reason = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["thread", "moderator", "-until"], name="watch_now")]


class StaffAct(models.Model):
    """What staff did and why, or noted for each other: a record that parties never see and nobody changes (I10)."""

    thread = models.ForeignKey(Thread, models.PROTECT, null=True, blank=True, related_name="staff_acts")
    moderator = models.CharField(max_length=64)
    action = models.CharField(max_length=48)
    reason = models.TextField(blank=True)
    about = models.JSONField(default=dict)
    at = models.DateTimeField()


class Report(models.Model):
    """A party's word about a message; for staff only."""

    id = models.CharField(primary_key=True, max_length=64)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="reports")
    seq = models.BigIntegerField()
    by = models.CharField(max_length=64)
    reason = models.TextField()
    at = models.DateTimeField()


class Statement(models.Model):
    """What a party tells the moderators of a frozen thread; the other party never sees it, so it takes no seq."""

    id = models.CharField(primary_key=True, max_length=64)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="statements")
    by = models.CharField(max_length=64)
    text = models.TextField()
    at = models.DateTimeField()
