"""What every letter says, in English; notices/locale has the other languages. Pure: must never import Django.

A letter quotes no message, statement, reason or note: its facts are names, titles, times and amounts only.
"""

from chat.rules import Role
from notices.words import afterwards, decisions, offers, orders, reminders, reports, settling, waiting
from notices.words.words import Words

# Who is told what: a notice without words for a role is not for it.
WORDS: dict[str, dict[Role, Words]] = {
    **waiting.WAITING,
    **orders.ORDERS,
    **offers.OFFERS,
    **settling.SETTLING,
    **afterwards.AFTERWARDS,
    **reminders.REMINDERS,
    **decisions.DECISIONS,
    **reports.REPORTS,
}

__all__ = ["WORDS", "Words"]
