"""`manage.py epoch [--renew]`: what clients know this database by; renew it after restoring a backup."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chat import installation


class Command(BaseCommand):
    help = "Show the epoch; --renew after a backup was restored, so that every client starts afresh."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--renew", action="store_true", help="the database was restored from a backup")

    def handle(self, *args: Any, renew: bool, **options: Any) -> None:
        self.stdout.write(installation.renew_epoch() if renew else installation.epoch())
