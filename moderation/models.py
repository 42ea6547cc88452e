"""Rows of the moderators' work. Columns and constraints only, no logic."""

from django.db import models

from chat.models import Report, Thread


class Taking(models.Model):
    """Who has an item of the queue in hand, and until when. The item itself is no row: it is what its name says."""

    item = models.CharField(primary_key=True, max_length=160)
    moderator = models.CharField(max_length=64)
    at = models.DateTimeField()
    until = models.DateTimeField()


class Settlement(models.Model):
    """What became of the reports and flags on one message. Rows here are only ever added."""

    id = models.CharField(primary_key=True, max_length=64)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    outcome = models.CharField(max_length=16, help_text="upheld or dismissed")
    reason = models.TextField()
    moderator = models.CharField(max_length=64)
    at = models.DateTimeField()


class SettledReport(models.Model):
    """This report has its answer. Rows here are only ever added; a report without one is open."""

    report = models.OneToOneField(Report, models.PROTECT, primary_key=True, related_name="settled")
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="reports")
