"""`manage.py serve`: the server, in one process or in `--workers N` that share the port (protocol.md §10)."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from consumers.serving.supervisor import Supervisor, Worker, bind


class Command(BaseCommand):
    help = "Serve the socket, HTTP and the clock."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (0.0.0.0: all)")
        parser.add_argument("--port", type=int, default=settings.ENV.port)
        parser.add_argument("--workers", type=int, default=1, help="processes; more than one needs REDIS_URL")
        # Between the supervisor and its workers only.
        parser.add_argument("--fd", type=int, help="a listening socket that was passed on")
        parser.add_argument("--lifeline", type=int, help="a pipe that ends with the supervisor")
        parser.add_argument("--clock", action="store_true", help="this worker runs the clock")

    def handle(self, *args: Any, **options: Any) -> None:
        port, workers = options["port"], options["workers"]
        if port != settings.ENV.port:
            # The settings were read with another port in them; begin again with this one.
            os.environ["PORT"] = str(port)
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - the same words again
        if workers < 1:
            raise CommandError("--workers must be at least 1")
        if workers > 1 and not settings.ENV.redis_url:
            raise CommandError("More than one process needs REDIS_URL: without it they would not hear each other.")
        if options["fd"] is not None:
            self.work(socket.socket(fileno=options["fd"]), options["clock"], options["lifeline"])
            return
        try:
            if workers == 1:
                self.work(bind(options["host"], port, shared=False), True, None)
                return
            bind(options["host"], port, shared=False).close()
            listeners = [bind(options["host"], port, shared=True) for _ in range(workers)]
        except OSError as fault:
            raise CommandError(f"Port {port} on {options['host']} cannot be had: {fault.strerror}") from fault
        self.welcome()
        sys.exit(Supervisor([Worker(n, each) for n, each in enumerate(listeners)], port).run())

    def work(self, listener: socket.socket, clock: bool, lifeline: int | None) -> None:
        # Imported late: Daphne installs its reactor on import, which no other command needs.
        from consumers.serving.worker import work

        work(listener, clock=clock, lifeline=lifeline, ready=self.welcome if lifeline is None else _nothing)

    def welcome(self) -> None:
        """Say where to look."""
        here = f"http://localhost:{settings.ENV.port}"
        self.stdout.write(f"Order Threads listens on {here}  (API: {here}/api/docs)")
        if settings.DEMO:
            for who, does in (("kim", "buys"), ("sam", "sells"), ("mia", "moderates")):
                self.stdout.write(f"  {who} {does:<10} {here}/demo/{who}")
        self.stdout.flush()


def _nothing() -> None:
    pass
