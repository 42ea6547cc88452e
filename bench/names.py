"""Who and what the databases of the bench hold, by number: both sides of a comparison get the same people and threads.

Must never touch a database or a socket: the generator's processes read this too.
"""

from dataclasses import dataclass

# People per side: thread t7 is that of buyer b7 and seller s7, t207 of the same two.
PEOPLE = 200
THREADS = 2000
# Threads with a history long enough to miss 500 entries of it.
LONG_THREADS = 20
LONG_ENTRIES = 600
MISSED = 500
# Entries that open a thread of ours: thread.opened and payment.held.
OPENING = 2


@dataclass(frozen=True, slots=True)
class Seat:
    """Who opens one socket for which threads, from which seq on; `credential` is what the baseline signs in with."""

    user: str
    threads: tuple[str, ...]
    after: int = OPENING
    credential: str = ""


def parties(number: int) -> tuple[str, str]:
    """The buyer and the seller of the thread of this number."""
    return f"b{number % PEOPLE}", f"s{number % PEOPLE}"


def pairs(count: int) -> list[tuple[Seat, ...]]:
    """`count` threads, each with a socket of either party."""
    return [tuple(Seat(user, (f"t{n}",)) for user in parties(n)) for n in range(count)]


def crowd(number: int) -> list[Seat]:
    """`number` sockets on one thread, half of them the buyer's."""
    return [Seat(parties(0)[n % 2], ("t0",)) for n in range(number)]


def lone(count: int) -> list[Seat]:
    """`count` sockets, each on a thread of its own."""
    return [Seat(parties(n)[0], (f"t{n}",)) for n in range(count)]


def shoppers(count: int, threads: int) -> list[Seat]:
    """`count` buyers, each with that many threads on one socket."""
    return [Seat(f"b{n}", tuple(f"t{n + PEOPLE * k}" for k in range(threads))) for n in range(count)]


def readers() -> list[Seat]:
    """One socket for each long thread, not yet following it."""
    return [Seat(parties(n)[0], (f"long{n}",), LONG_ENTRIES - MISSED) for n in range(LONG_THREADS)]
