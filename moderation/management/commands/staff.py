"""`manage.py staff add|link|remove USER`: accounts of those who sign in to the console. Prints a link, good once.

Must never print or take a password.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation import accounts
from moderation.sessions import STAFF


class Command(BaseCommand):
    help = "Make, reopen or close an account of staff."

    def add_arguments(self, parser: CommandParser) -> None:
        doing = parser.add_subparsers(dest="doing", required=True)
        add = doing.add_parser("add", help="make the account, or change its role; prints a link")
        add.add_argument("user")
        add.add_argument("--role", choices=STAFF, default=STAFF[0])
        add.add_argument("--name", default="")
        add.add_argument("--email", default="", help="by which an OIDC sign-in finds the account")
        link = doing.add_parser("link", help="print a new link, for a password that was lost")
        link.add_argument("user")
        link.add_argument("--forget-second-factor", action="store_true")
        doing.add_parser("remove", help="close the account; its sessions and sockets end").add_argument("user")

    def handle(self, *args: Any, **options: Any) -> None:
        user = options["user"]
        try:
            if options["doing"] == "add":
                said = accounts.add(user, role=options["role"], name=options["name"], email=options["email"])
            elif options["doing"] == "link":
                said = accounts.link(user, forget_second_factor=options["forget_second_factor"])
            else:
                accounts.remove(user)
                print(f"{user} can sign in no more.")
                return
        except KeyError:
            raise CommandError(f"{user} has no account.") from None
        print(f"{settings.PUBLIC_URL}{said}")
