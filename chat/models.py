"""Rows of threads, people and what they sent. Columns and constraints only, no logic.

A thread's `state` is whatever its order calls its state: shown to people, never decided upon here.
"""

import uuid

from django.db import models
from django.db.models import Q


class Person(models.Model):
    """Somebody of the host marketplace; the host owns accounts, this row is what threads need of one."""

    id = models.CharField(primary_key=True, max_length=64)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=320, blank=True)
    locale = models.CharField(max_length=35, blank=True)
    role = models.CharField(max_length=16, blank=True, help_text="`moderator` or empty")
    suspended_at = models.DateTimeField(null=True, blank=True)


class Thread(models.Model):
    """The one conversation of one order. `head` is the last seq; locking this row is taking the thread's turn."""

    id = models.CharField(primary_key=True, max_length=64)
    order = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    buyer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seller = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mode = models.CharField(max_length=16)
    state = models.CharField(max_length=32)
    head = models.BigIntegerField(default=0)
    last_at = models.DateTimeField()
    follow_ups = models.IntegerField(default=0, help_text="seller's messages since the buyer's last, after close")
    left_by = models.CharField(max_length=16, blank=True, help_text="buyer or seller")
    left_at = models.DateTimeField(null=True, blank=True)
    left_seq = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(buyer=models.F("seller")), name="thread_two_parties"),
            models.CheckConstraint(
                condition=Q(mode="left", left_at__isnull=False) | (~Q(mode="left") & Q(left_at__isnull=True)),
                name="thread_left_is_left",
            ),
        ]


class Entry(models.Model):
    """The skeleton of what happened: never changed, never deleted. Its words are in Words, which can be erased."""

    # Both halves of the log are kept in the order they are read in, by the one index they need.
    pk = models.CompositePrimaryKey("thread_id", "seq")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    seq = models.BigIntegerField()
    entry = models.UUIDField()
    kind = models.CharField(max_length=32)
    at = models.DateTimeField()
    by_role = models.CharField(max_length=16)
    by_user = models.CharField(max_length=64, blank=True)
    command = models.CharField(max_length=36, blank=True, help_text="the author's command id")
    target = models.BigIntegerField(null=True, blank=True, help_text="the message that this edits or redacts")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(seq__gte=1), name="entry_seq_from_one")]
        indexes = [models.Index(fields=["thread", "target"], condition=Q(target__isnull=False), name="entry_of_target")]


class Words(models.Model):
    """The body of an entry, apart from its skeleton so that it can be erased and the log still be whole."""

    pk = models.CompositePrimaryKey("thread_id", "seq")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    seq = models.BigIntegerField()
    body = models.JSONField()


class Answer(models.Model):
    """What a command was answered, kept 30 days: the same (user, id) has one effect (protocol.md G2)."""

    pk = models.CompositePrimaryKey("user", "command")
    user = models.CharField(max_length=80)
    command = models.CharField(max_length=255)
    digest = models.BinaryField(max_length=32)
    reply = models.JSONField()
    at = models.DateTimeField()


class Place(models.Model):
    """Where a party stands in a thread: cursors and choices that concern nobody else's log."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="places")
    user = models.ForeignKey(Person, models.CASCADE, related_name="+")
    read = models.BigIntegerField(default=0)
    delivered = models.BigIntegerField(default=0)
    muted = models.BooleanField(default=False)
    archived = models.BooleanField(default=False)
    told = models.BigIntegerField(default=0, help_text="the last seq that a notice of waiting messages spoke of")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="place_once")]


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
