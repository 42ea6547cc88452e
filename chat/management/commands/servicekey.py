"""`manage.py servicekey create|list|revoke`: the keys of the host's backend. A key is printed only once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat import servicekeys


class Command(BaseCommand):
    help = "Create, list and revoke service keys. To rotate: create, move the backend over, revoke."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        create = acts.add_parser("create", help="make a key; it is printed once")
        create.add_argument("label", help="who uses it, for the list")
        create.add_argument("--scope", action="append", default=[], choices=servicekeys.SCOPES, help="default: all")
        acts.add_parser("list", help="show all keys by the beginning of their digest")
        revoke = acts.add_parser("revoke", help="end a key at once")
        revoke.add_argument("digest", help="what `list` shows, 8 characters at least")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "create":
            self.stdout.write(servicekeys.create(options["label"], options["scope"]))
        elif act == "list":
            for key in servicekeys.listed():
                ended = f"revoked {key.revoked_at:%Y-%m-%d %H:%M}" if key.revoked_at else "valid"
                scopes = ",".join(key.scopes) or "all"
                self.stdout.write(f"{key.digest[:12]}  {key.created_at:%Y-%m-%d %H:%M}  {ended}  {scopes}  {key.label}")
        elif len(options["digest"]) < 8 or not servicekeys.revoke(options["digest"]):
            raise CommandError("No valid key has this digest; see `manage.py servicekey list`.")
