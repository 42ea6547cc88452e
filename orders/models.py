"""Rows of orders, offers and money. Columns and constraints only, no logic.

Money is a whole number of minor units and an ISO 4217 code, never a float.
"""

from django.db import models
from django.db.models import F, Q

from chat.models import Person, Thread


class Order(models.Model):
    """One purchase. `due_at` is when the clock must next act, for whatever reason; `remind_at`, warn."""

    id = models.CharField(primary_key=True, max_length=64)
    thread = models.OneToOneField(Thread, models.PROTECT, related_name="+")
    buyer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seller = models.ForeignKey(Person, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=32)
    version = models.BigIntegerField(default=1)
    price = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    delivery_days = models.IntegerField()
    payment_reference = models.CharField(max_length=200)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next")
    placed_at = models.DateTimeField()
    start_by = models.DateTimeField(null=True, blank=True)
    deliver_by = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    auto_close_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    review_until = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    chat_until = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    before_freeze = models.JSONField(null=True, blank=True, help_text="state and what was left of its timers")
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    remind_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(price__gt=0), name="order_price_positive"),
            models.CheckConstraint(condition=~Q(buyer=F("seller")), name="order_two_parties"),
        ]


class Offer(models.Model):
    """A custom offer of the seller. Its content is never changed; only its state moves."""

    id = models.CharField(primary_key=True, max_length=64)
    order = models.ForeignKey(Order, models.PROTECT, related_name="offers")
    number = models.IntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    price = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    delivery_days = models.IntegerField()
    revisions = models.IntegerField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=20)
    pay_by = models.DateTimeField(null=True, blank=True)
    bought = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    remind_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="offer_number_once"),
            models.CheckConstraint(condition=Q(price__gt=0), name="offer_price_positive"),
        ]


class Payment(models.Model):
    """What the host said of one payment of an offer; `seq` is the entry that came of it, if any did."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="payments")
    reference = models.CharField(max_length=200)
    status = models.CharField(max_length=8, help_text="paid or failed")
    seq = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "reference"], name="payment_reference_once"),
            models.UniqueConstraint(fields=["offer"], condition=Q(status="paid"), name="payment_paid_once"),
        ]


class Transfer(models.Model):
    """One posting of the ledger: the amount leaves `debit` and reaches `credit`, so it always balances to zero.

    Append-only, unique by key, and no escrow account ever below zero: by trigger (migration 0002), on both engines.
    """

    key = models.CharField(primary_key=True, max_length=150)
    order = models.ForeignKey(Order, models.PROTECT, related_name="transfers")
    kind = models.CharField(max_length=16, help_text="held, released, refunded, forfeited, commission")
    debit = models.CharField(max_length=80)
    credit = models.CharField(max_length=80)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_amount_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_two_accounts"),
        ]
        indexes = [
            models.Index(fields=["debit", "currency"], name="transfer_debit"),
            models.Index(fields=["credit", "currency"], name="transfer_credit"),
        ]


class Proposal(models.Model):
    """What one party proposes and the other answers once: a cancellation, a partial refund, a later delivery."""

    id = models.CharField(primary_key=True, max_length=64)
    order = models.ForeignKey(Order, models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    by_role = models.CharField(max_length=16)
    by = models.CharField(max_length=64)
    reason = models.TextField()
    amount = models.BigIntegerField(null=True, blank=True)
    deliver_by = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    remind_at = models.DateTimeField(null=True, blank=True, db_index=True)


class Claim(models.Model):
    """A party's call for a moderator; the reason is for staff and its author, the answer for its author only."""

    id = models.CharField(primary_key=True, max_length=64)
    order = models.ForeignKey(Order, models.PROTECT, related_name="claims")
    state = models.CharField(max_length=16)
    by_role = models.CharField(max_length=16)
    by = models.CharField(max_length=64)
    reason = models.TextField()
    answer = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "by"], condition=Q(state__in=["open", "picked_up"]), name="claim_one_open"
            )
        ]


class SupportItem(models.Model):
    """A question after the sale, until somebody marks it resolved."""

    id = models.CharField(primary_key=True, max_length=64)
    order = models.ForeignKey(Order, models.PROTECT, related_name="support_items")
    state = models.CharField(max_length=16)
    by_role = models.CharField(max_length=16)
    by = models.CharField(max_length=64)
    seq = models.BigIntegerField()


class Review(models.Model):
    """The buyer's one review of a closed order, with what became of it."""

    id = models.CharField(primary_key=True, max_length=64)
    order = models.OneToOneField(Order, models.PROTECT, related_name="review")
    state = models.CharField(max_length=16, help_text="written, contested, removed or kept")
    rating = models.SmallIntegerField()
    text = models.TextField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    reply = models.TextField(blank=True)
    ground = models.CharField(max_length=32, blank=True)
    contest = models.TextField(blank=True)
    ruling = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="review_rating")]
