"""A thread, its log, and where each party stands in it."""

from django.db import models
from django.db.models import Q

from chat.models.people import Person
from chat.models.said import Said


class Thread(models.Model):
    """The one conversation of one order. `head` is the last seq; locking this row is taking the thread's turn."""

    id = models.CharField(primary_key=True, max_length=64)
    order = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    category = models.CharField(max_length=64, blank=True, help_text="the host's word for what is sold")
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
    body = Said()


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


class Answer(models.Model):
    """What a command was answered, kept 30 days: the same (user, id) has one effect (protocol.md G2)."""

    pk = models.CompositePrimaryKey("user", "command")
    user = models.CharField(max_length=80)
    command = models.CharField(max_length=255)
    digest = models.BinaryField(max_length=32)
    reply = models.JSONField()
    at = models.DateTimeField()
