"""Who takes part, and by which credentials."""

from django.db import models


class Person(models.Model):
    """Somebody of the host marketplace; the host owns accounts, this row is what threads need of one."""

    id = models.CharField(primary_key=True, max_length=64)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=320, blank=True)
    locale = models.CharField(max_length=35, blank=True)
    role = models.CharField(max_length=16, blank=True, help_text="`moderator`, `lead` or empty")
    suspended_at = models.DateTimeField(null=True, blank=True)


class Ticket(models.Model):
    """A web page's right to open one socket: single use, bound to user and Origin; only its digest is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    user = models.CharField(max_length=64)
    role = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=300, blank=True)
    session = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(db_index=True)


class ServiceKey(models.Model):
    """A key of the host's backend, hashed at rest, with the scopes it may use."""

    digest = models.CharField(primary_key=True, max_length=64)
    label = models.CharField(max_length=100)
    scopes = models.JSONField(default=list, help_text="empty: all")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
