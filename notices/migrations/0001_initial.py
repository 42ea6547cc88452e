from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("user", models.CharField(db_index=True, max_length=64)),
                ("kind", models.CharField(help_text="web, fcm or apns", max_length=8)),
                ("digest", models.CharField(help_text="SHA-256 of kind and address", max_length=64, unique=True)),
                ("address", models.TextField(help_text="endpoint or token")),
                ("keys", models.JSONField(default=dict, help_text="p256dh and auth of a browser")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Delivered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(help_text="the job's digest", max_length=64)),
                ("way", models.CharField(max_length=80)),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "way"), name="delivered_once")],
            },
        ),
        migrations.CreateModel(
            name="SwitchedOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user", models.CharField(max_length=64)),
                ("switch", models.CharField(max_length=16)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "switch"), name="switched_off_once")],
            },
        ),
    ]
