"""`manage.py jobs list|dead|replay`: what waits to be done, what failed too often, and another try for that."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat import deadletters
from chat.jobs import DEAD, WAITING


class Command(BaseCommand):
    help = "Show the jobs that wait, the dead letters, and have dead letters tried again."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for name, what in (("list", "jobs that wait"), ("dead", "jobs that failed too often")):
            shows = acts.add_parser(name, help=f"the first hundred {what}, the longest due first")
            shows.add_argument("--kind", default="", help="only jobs of this kind")
        replay = acts.add_parser("replay", help="have dead letters tried as often again")
        replay.add_argument("job", nargs="?", type=int, help="the number that `dead` shows; without it: all")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "replay":
            replayed = deadletters.replay(options["job"])
            if options["job"] is not None and not replayed:
                raise CommandError("There is no such dead letter; see `manage.py jobs dead`.")
            self.stdout.write(f"{replayed} to be tried again")
            return
        for job in deadletters.listed(WAITING if act == "list" else DEAD, options["kind"]):
            line = f"{job.id}  {job.run_at:%Y-%m-%d %H:%M:%S}  {job.kind}  {job.key}  {job.attempts} attempts"
            self.stdout.write("  ".join(part for part in (line, job.owner, job.last_error) if part))
