"""`manage.py translations [--check]`: bring the `.po` files up to date and compile them, or fail where they are not."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from notices import catalogue


class Command(BaseCommand):
    help = "Collect the texts of the letters into notices/locale/*/django.po, and compile those."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        for language in dict(settings.LANGUAGES):
            if language == "en":
                continue
            po = catalogue.po_of(language)
            fresh = catalogue.written(po.read_text())
            missing = [message.text for message, said in catalogue.read(fresh).items() if not all(said)]
            if check:
                self._check(language, fresh == po.read_text(), missing)
            else:
                po.write_text(fresh)
                po.with_suffix(".mo").write_bytes(catalogue.compiled(fresh))
            if missing:
                self.stdout.write(f"{language}: not translated yet: {missing}")

    def _check(self, language: str, complete: bool, missing: list[str]) -> None:
        po = catalogue.po_of(language)
        if not complete or missing or po.with_suffix(".mo").read_bytes() != catalogue.compiled(po.read_text()):
            raise CommandError(f"{language}: stale or not translated; run `manage.py translations`")
