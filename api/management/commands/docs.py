"""`manage.py docs [--check]`: write what is generated into docs/, or fail where it is stale."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from api import asyncapi, configuration_page, process_page
from api.application import api


def openapi_text() -> str:
    return json_text(api.get_openapi_schema())


def asyncapi_text() -> str:
    return json_text(asyncapi.document())


def json_text(document: Any) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "api/openapi.json": openapi_text,
    "api/asyncapi.json": asyncapi_text,
    "process.md": process_page.render,
    "configuration.md": configuration_page.render,
}


class Command(BaseCommand):
    help = "Write docs/api/*.json, docs/process.md and docs/configuration.md from the code that decides."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        docs = Path(settings.BASE_DIR) / "docs"
        stale = []
        for name, render in PAGES.items():
            page, text = docs / name, render()
            if page.exists() and page.read_text() == text:
                continue
            if check:
                stale.append(name)
                continue
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text)
            self.stdout.write(f"wrote docs/{name}")
        if stale:
            raise CommandError(f"stale, run `manage.py docs`: {', '.join(stale)}")
