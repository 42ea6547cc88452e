"""One example of every letter, for the demo's page of them and for tests. Must never be sent."""

from collections.abc import Iterator
from typing import Any

from chat.rules import Role
from notices.kinds import NOTICES
from notices.letters import About, Letter, Reader, Waiting, letter, waiting_letter
from notices.words import WORDS

NAMES = {Role.BUYER: "Kim", Role.SELLER: "Sam"}
TITLE = "Logo for a bakery"
SUM = {"amount": 12_000, "currency": "EUR"}
FACTS: dict[str, Any] = {
    "at": "2026-12-04T15:30:00.000Z",
    "deadlines": {
        "start_by": "2026-11-26T09:00:00.000Z",
        "deliver_by": "2026-12-01T09:00:00.000Z",
        "answer_by": "2026-12-03T18:45:00.000Z",
        "auto_close_at": "2026-12-08T09:00:00.000Z",
    },
    "payments": {"held": SUM, "released": SUM, "refunded": SUM},
    "outcome": "split",
    "act": "moderation.suspend",
    "appeal_until": "2027-05-24T09:00:00.000Z",
}
OFFER = {"offer": {"price": SUM, "expires_at": "2026-12-10T12:00:00.000Z"}}
PROPOSAL = {
    "proposal": {
        "kind": "extension",
        "deliver_by": "2026-12-15T09:00:00.000Z",
        "expires_at": "2026-12-10T12:00:00.000Z",
    },
    "payments": {},
}


def facts_of(notice: str) -> dict[str, Any]:
    """What a job of this notice tells at most."""
    subject = notice.removeprefix("reminder.")
    if subject.startswith("offer"):
        return FACTS | OFFER
    return FACTS | PROPOSAL if subject.startswith("proposal") else FACTS


def names() -> Iterator[tuple[str, Role]]:
    """Every notice with every role that is told of it."""
    for notice in NOTICES:
        for role in WORDS[notice]:
            if (notice, role) != ("messages.waiting", Role.SELLER):
                yield notice, role


def sample(notice: str, role: Role, language: str) -> Letter:
    """The letter as one of the demo's people would get it. Raises KeyError for a notice that the role never gets."""
    switch = "https://orders.example/letters/…" if NOTICES[notice] else ""
    reader = Reader(NAMES[role], language, switch)
    other = NAMES[Role.SELLER if role is Role.BUYER else Role.BUYER]
    if notice == "messages.waiting":
        return waiting_letter([Waiting("t1", TITLE, other, 1), Waiting("t2", "Voice-over", "Ana", 3)], reader)
    made = letter(notice, About("t1", TITLE, other, role), facts_of(notice), reader)
    if made is None:
        raise KeyError(role)
    return made
