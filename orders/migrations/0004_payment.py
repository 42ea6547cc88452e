import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0003_reminders"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="chat_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=200)),
                ("status", models.CharField(help_text="paid or failed", max_length=8)),
                ("seq", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="orders.offer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("offer", "reference"), name="payment_reference_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "paid")), fields=("offer",), name="payment_paid_once"
                    ),
                ],
            },
        ),
    ]
