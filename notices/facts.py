"""What a letter may know, made readable: from a job's facts, and from the thread as it is when the letter is sent.

Must never pass on a text that a person wrote but a title or a name: what is not listed here is in no letter.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from chat.rules import Role
from notices.amounts import moment, money
from notices.words.decisions import MEASURES
from notices.words.settling import OUTCOMES, PROPOSALS

TIMES = (
    "at",
    "start_by",
    "deliver_by",
    "answer_by",
    "auto_close_at",
    "expires_at",
    "review_until",
    "chat_until",
    "appeal_until",
)
# A subject is one line, whatever a title holds.
LONGEST = 120


def readable(facts: Mapping[str, Any], title: str, other: str, role: Role) -> dict[str, str]:
    """The facts in words of the active language. What cannot be read is not known.

    `deadlines`, `offer` {price, expires_at}, `proposal` {kind, amount, deliver_by, expires_at}, `payments` {held,
    released, refunded}, `outcome`, in a reminder `at`, and of a decision `act` and `appeal_until`.
    """
    offer, proposal = _part(facts, "offer"), _part(facts, "proposal")
    told = {**_part(facts, "deadlines"), **offer, **proposal, **facts}
    kind = str(proposal.get("kind") or "")
    found = {
        "title": one_line(title),
        "other": one_line(other),
        "proposal": gettext(PROPOSALS.get(kind, PROPOSALS[""])),
        "measure": gettext(MEASURES.get(str(told.get("act")), MEASURES[""])),
    }
    for name in TIMES:
        if at := time_of(told.get(name)):
            found[name] = moment(at)
    paid = _part(facts, "payments")
    theirs = paid.get("released" if role is Role.SELLER else "refunded") or paid.get("held")
    if amount := _money(offer.get("price") or proposal.get("amount") or theirs):
        found["amount"] = amount
    if outcome := OUTCOMES.get(str(told.get("outcome"))):
        found["outcome"] = gettext(outcome)
    return found


def _part(facts: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = facts.get(name)
    return part if isinstance(part, Mapping) else {}


def one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def time_of(said: object) -> datetime | None:
    """A time of the wire; None for anything else."""
    try:
        at = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return at if at and at.tzinfo else None


def _money(said: object) -> str | None:
    if not isinstance(said, Mapping):
        return None
    amount, currency = said.get("amount"), said.get("currency")
    return money(amount, currency) if isinstance(amount, int) and isinstance(currency, str) else None
