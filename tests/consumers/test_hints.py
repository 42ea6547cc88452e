"""What processes tell each other: sealed, and nobody else's word is taken for theirs."""

from collections.abc import Iterator
from random import Random

from chat.announce import Personal, Revoked, Signal, Touched
from consumers.hints import Alive, Entries, Here, Hint, Seal
from consumers.told import tell
from tests.consumers.parts import record


def seals() -> Iterator[Seal]:
    return (Seal("secret", "epoch", name) for name in ("a", "b"))


HINTS: list[Hint] = [
    Entries("t", [tell(record(1, command="c")), tell(record(2))]),
    Signal("t", "kim", {"type": "typing", "on": True}),
    Revoked("kim"),
    Revoked("mia", staff=True),
    Touched("t"),
    Personal("kim", {"type": "decision", "decision": {}}),
    Here({"kim": 2}, whole=True),
    Alive(ask=False),
]


def test_hints_arrive_as_they_were_sent():
    one, other = seals()
    assert other.open(one.pack(HINTS)) == ("a", HINTS)
    assert one.open(one.pack(HINTS)) == ("a", [])


def test_rubbish_and_forgeries_are_nobodys_word():
    one, other = seals()
    packed = one.pack(HINTS)
    forged = Seal("guessed", "epoch", "a").pack(HINTS)
    restored = Seal("secret", "another epoch", "a").pack(HINTS)
    for payload in (b"", b"x", b"a.b.c", b"..", b"\xff\xfe", packed[:-1], packed + b" ", forged, restored):
        assert other.open(payload) is None
    random = Random(5)
    for _ in range(300):
        bent = bytearray(packed)
        bent[random.randrange(2, len(bent))] ^= 1 << random.randrange(8)
        assert other.open(bytes(bent)) is None


def test_two_installations_on_one_redis_do_not_meet():
    assert Seal("s", "epoch one", "a").channel != Seal("s", "epoch two", "a").channel
