"""How the words of a letter are written down. Pure: must never import Django."""

from dataclasses import dataclass

from chat.rules import Role


def _(text: str) -> str:
    """Marks a text for translation (notices/catalogue.py collects these)."""
    return text


OPEN = _("Open the conversation")
SEE_ORDER = _("See the order")
SEE_OFFER = _("See the offer")
ANSWER = _("Answer")
CHECK = _("Check the delivery")
REVIEW = _("Leave a review")


@dataclass(frozen=True, slots=True)
class Words:
    """A letter to one role. A line whose facts are not known is left out; the first one left is the preview, too.

    Always known: the order's `title`, the `other` party's name, the `proposal` in words. Maybe: `amount`, `outcome`, a
    deadline by its name (protocol.md §6a), and in a reminder `at`, the instant that it warns of.
    """

    subject: str
    lines: tuple[str, ...]
    button: str = OPEN


def both(words: Words) -> dict[Role, Words]:
    """The same to buyer and seller."""
    return {Role.BUYER: words, Role.SELLER: words}
