"""`manage.py evidence THREAD [--why TEXT] > pack.json`: the evidence pack; `manage.py evidence --key`: who seals it."""

import json
import shutil
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat.identity import HOST
from chat.refusals import Refused
from moderation.evidence import export
from moderation.sealing import public_key


class Command(BaseCommand):
    help = "Write the evidence pack of a thread to standard output; with --key, show the public key that seals it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("thread", nargs="?", help="whose pack is wanted")
        parser.add_argument("--why", default="", help="stands in the pack")
        parser.add_argument("--key", action="store_true", help="show the public key as a JWK; `kid` is its fingerprint")

    def handle(self, *args: Any, thread: str | None, why: str, key: bool, **options: Any) -> None:
        if key:
            self.stdout.write(json.dumps(public_key()))
            return
        if thread is None:
            raise CommandError("Which thread?")
        try:
            with export(HOST, thread, why) as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
        except Refused as refused:
            raise CommandError(f"{thread}: {refused.message}") from None
