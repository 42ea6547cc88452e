"""Rows of notices: what a person switched off, where their devices are, what was sent. No logic."""

from django.db import models


class SwitchedOff(models.Model):
    """One kind of e-mail that one person does not want (notices.kinds.Switch)."""

    user = models.CharField(max_length=64)
    switch = models.CharField(max_length=16)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "switch"], name="switched_off_once")]


class Device(models.Model):
    """Where one browser or app of a person gets push: a subscription of the Push API, or a token of FCM or APNs."""

    id = models.CharField(primary_key=True, max_length=64)
    user = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=8, help_text="web, fcm or apns")
    # A device that somebody else signs in on is theirs from then on, hence unique.
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of kind and address")
    address = models.TextField(help_text="endpoint or token")
    keys = models.JSONField(default=dict, help_text="p256dh and auth of a browser")
    at = models.DateTimeField()


class Delivered(models.Model):
    """A notice that left by a way (mail, or a device): a job that is run again does not send it twice."""

    key = models.CharField(max_length=64, help_text="the job's digest")
    way = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "way"], name="delivered_once")]
