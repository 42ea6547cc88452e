"""How fast people come online: ours opens one socket for ten threads, the tutorial's has one room per socket.

Counted when everything is followed: ours after hello, its token checked, and ten threads resumed to `caught_up`;
the tutorial's after the handshake, its session and membership checked, and the group joined.
"""

from bench.arena import Arena
from bench.book import Ratio
from bench.names import PEOPLE, lone, shoppers
from bench.subjects import Subject

NAME = "connects"
TITLE = "connect rate"
EACH = 10

RATIOS = (
    Ratio("sockets/s, ours (ten threads) : tutorial (one)", "ours", "sockets_per_s", "tutorial", "(see README)"),
    Ratio("people with ten threads online/s", "ours", "people_per_s", "tutorial", "≥ 3"),
)


def run(arena: Arena) -> None:
    for _ in range(arena.effort.rounds):
        _knock(arena, arena.ours(), EACH)
        _knock(arena, arena.tutorial(), 1)


def _knock(arena: Arena, subject: Subject, threads: int) -> None:
    seats = shoppers(PEOPLE, threads) if threads > 1 else lone(PEOPLE)
    works = arena.spread(subject, "knock", [(seat,) for seat in seats])
    report, cpu = arena.charge(subject, works)
    per_s = report.done / arena.effort.count_s
    arena.book.note(
        NAME,
        subject.name,
        sockets_per_s=per_s,
        people_per_s=per_s * threads / EACH,
        server_us=cpu["server"] / max(1, report.done) * 1e6,
        postgres_us=cpu["postgres"] / max(1, report.done) * 1e6,
    )
