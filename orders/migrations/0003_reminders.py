"""When the clock next warns. What is under way already is looked at soon after the upgrade, and planned then."""

from datetime import UTC, datetime

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q


def plan_what_runs(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("SET LOCAL statement_timeout = 0")
    runs = ~Q(state__in=("closed", "cancelled", "expired")) | Q(review_until__gt=datetime.now(UTC))
    apps.get_model("orders", "Order").objects.filter(runs).update(remind_at=F("placed_at"))
    for name in ("Offer", "Proposal"):
        apps.get_model("orders", name).objects.filter(state="open").update(remind_at=F("made_at"))


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_ledger")]
    operations = [
        migrations.AddField(model_name="order", name="closed_at", field=models.DateTimeField(blank=True, null=True)),
        *(
            migrations.AddField(
                model_name=name,
                name="remind_at",
                field=models.DateTimeField(blank=True, db_index=True, null=True),
            )
            for name in ("order", "offer", "proposal")
        ),
        migrations.RunPython(plan_what_runs),
    ]
