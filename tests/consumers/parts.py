"""Entries as the hub handles them."""

from datetime import UTC, datetime

from chat.actors import Actor, Standing
from chat.announce import Record
from consumers.told import Told

KIM, SAM, MIA = Actor("kim", Standing.USER), Actor("sam", Standing.USER), Actor("mia", Standing.MODERATOR)


def told(seq: int, kind: str = "message", author: str = "sam", words: str = "") -> Told:
    return Told(seq, kind, author, "", f'{{"seq":{seq},"words":"{words}"}}', 60 + len(words))


def record(seq: int, author: str = "kim", command: str = "") -> Record:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Record(seq, f"entry-{seq}", "message", at, "buyer", author, command, {"text": "Grüße"})
