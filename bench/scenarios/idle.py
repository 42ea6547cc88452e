"""What a connection costs that says nothing: resident memory of the server, per socket that follows one thread."""

from bench.accounting import rss_kib
from bench.arena import Arena
from bench.book import Ratio
from bench.load.crew import Crew
from bench.names import lone
from bench.subjects import Subject

NAME = "idle"
TITLE = "idle connections, KiB of RSS each"
WARMING = 100

RATIOS = (Ratio("RSS/idle connection, ours : tutorial", "ours", "kib", "tutorial", "≤ 0.6"),)


def run(arena: Arena) -> None:
    for _ in range(arena.effort.rounds):
        # Memory that was once taken is seldom given back: each round has a new server.
        arena.clear()
        _hold(arena, arena.ours())
        _hold(arena, arena.tutorial())
    arena.clear()


def _hold(arena: Arena, subject: Subject) -> None:
    count = 400 if arena.effort.quick else 1000
    seats = [(seat,) for seat in lone(WARMING + count)]
    # The first sockets also pay for what every server loads only once.
    first = Crew(arena.spread(subject, "hold", seats[:WARMING]))
    first.wait_ready()
    before = rss_kib([subject.pid])
    rest = Crew(arena.spread(subject, "hold", seats[WARMING:]))
    rest.wait_ready()
    rest.run(0, 1.0)
    first.run(0, 0.1)
    arena.book.note(NAME, subject.name, kib=(rss_kib([subject.pid]) - before) / count)
    rest.close()
    first.close()
