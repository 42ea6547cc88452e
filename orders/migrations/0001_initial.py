import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("chat", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200)),
                ("state", models.CharField(max_length=32)),
                ("version", models.BigIntegerField(default=1)),
                ("price", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("delivery_days", models.IntegerField()),
                ("payment_reference", models.CharField(max_length=200)),
                ("placed_at", models.DateTimeField()),
                ("start_by", models.DateTimeField(blank=True, null=True)),
                ("deliver_by", models.DateTimeField(blank=True, null=True)),
                ("answer_by", models.DateTimeField(blank=True, null=True)),
                ("auto_close_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField()),
                ("review_until", models.DateTimeField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "before_freeze",
                    models.JSONField(blank=True, help_text="state and what was left of its timers", null=True),
                ),
                ("due_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                (
                    "buyer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="chat.person"),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="orders.order",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="chat.person"),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="chat.thread"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("title", models.CharField(max_length=200)),
                ("description", models.TextField(blank=True)),
                ("price", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("delivery_days", models.IntegerField()),
                ("revisions", models.IntegerField()),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("state", models.CharField(max_length=20)),
                ("pay_by", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                (
                    "bought",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.order",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=16)),
                ("by_role", models.CharField(max_length=16)),
                ("by", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("answer", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("state", models.CharField(max_length=16)),
                ("by_role", models.CharField(max_length=16)),
                ("by", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("amount", models.BigIntegerField(blank=True, null=True)),
                ("deliver_by", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("state", models.CharField(help_text="written, contested, removed or kept", max_length=16)),
                ("rating", models.SmallIntegerField()),
                ("text", models.TextField()),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("reply", models.TextField(blank=True)),
                ("ground", models.CharField(blank=True, max_length=32)),
                ("contest", models.TextField(blank=True)),
                ("ruling", models.TextField(blank=True)),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="review", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportItem",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=16)),
                ("by_role", models.CharField(max_length=16)),
                ("by", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField()),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="support_items", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("key", models.CharField(max_length=150, primary_key=True, serialize=False)),
                ("kind", models.CharField(help_text="held, released, refunded, forfeited, commission", max_length=16)),
                ("debit", models.CharField(max_length=80)),
                ("credit", models.CharField(max_length=80)),
                ("amount", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("at", models.DateTimeField()),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(condition=models.Q(("price__gt", 0)), name="order_price_positive"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("buyer", models.F("seller")), _negated=True), name="order_two_parties"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(fields=("order", "number"), name="offer_number_once"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(condition=models.Q(("price__gt", 0)), name="offer_price_positive"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "picked_up"])), fields=("order", "by"), name="claim_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("rating__gte", 1), ("rating__lte", 5)), name="review_rating"
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["debit", "currency"], name="transfer_debit"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["credit", "currency"], name="transfer_credit"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="transfer_amount_positive"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("debit", models.F("credit")), _negated=True), name="transfer_two_accounts"
            ),
        ),
    ]
