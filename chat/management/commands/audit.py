"""`manage.py audit verify|head|grants`: is the record of staff's looks and acts whole, and who could change it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from chat import auditcheck, grants


class Command(BaseCommand):
    help = "Check the chain of what staff saw and did, show its end, and take the right to change it from the server."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="walk the chain and name the first broken row; ends with 1 there")
        verify.add_argument("--expect", action="append", default=[], help="a hash kept elsewhere that must be in it")
        acts.add_parser("head", help="the last record's number and hash, to be kept elsewhere")
        rights = acts.add_parser("grants", help="the SQL for a database role that can add records and never change one")
        rights.add_argument("role", help="the PostgreSQL role that the server will run as; it must own no table")
        rights.add_argument("--execute", action="store_true", help="and do it, as the tables' owner")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "grants":
            self._grants(options["role"], execute=options["execute"])
        elif act == "head":
            self.stdout.write("{} {}".format(*auditcheck.head()))
        else:
            self._verify(options["expect"])

    def _verify(self, expected: list[str]) -> None:
        found = auditcheck.verify(expected)
        if found.fault is not None:
            about = "" if found.fault.n is None else f"record {found.fault.n} "
            raise CommandError(f"{about}{found.fault.what}; {found.records} records hold")
        self.stdout.write(f"{found.records} records hold; keep elsewhere: {found.hash}")

    def _grants(self, role: str, *, execute: bool) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles: with SQLite whoever has the file can change it.")
        for statement in grants.statements(role):
            self.stdout.write(statement + ";")
            if execute:
                with connection.cursor() as cursor:
                    cursor.execute(statement)
