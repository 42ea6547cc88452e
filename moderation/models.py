"""Rows of the moderators' work. Columns and constraints only, no logic."""

from django.db import models

from chat.models import Person, Report, Thread


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


class Decision(models.Model):
    """A statement of reasons to the person whom an act of staff concerns. Rows are never changed."""

    id = models.CharField(primary_key=True, max_length=64)
    user = models.ForeignKey(Person, models.PROTECT, related_name="+")
    act = models.CharField(max_length=48, help_text="the act's name on the wire")
    reason = models.TextField()
    thread = models.ForeignKey(Thread, models.PROTECT, null=True, blank=True, related_name="+")
    moderator = models.CharField(max_length=64, help_text="who decided: never shown to the person")
    about = models.JSONField(default=dict, help_text="what of the thread it speaks of: target, outcome, …")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="decision_of_user")]


class Appeal(models.Model):
    """The person's one objection to a decision. Rows are never changed."""

    id = models.CharField(primary_key=True, max_length=64)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="appeal")
    text = models.TextField()
    at = models.DateTimeField()


class Ruling(models.Model):
    """A lead's answer to an appeal. Rows are never changed."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, primary_key=True, related_name="ruling")
    outcome = models.CharField(max_length=16, help_text="upheld or overturned")
    reason = models.TextField()
    lead = models.CharField(max_length=64, help_text="who ruled: never shown to the person")
    at = models.DateTimeField()
