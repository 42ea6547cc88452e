"""Reasons that moderators give over and over, to start from: they are put into the field and may be changed there.

Pure. Must never be applied by anybody but a person.
"""

from typing import NamedTuple


class Reason(NamedTuple):
    """`key` names it for ever; the words may be improved."""

    key: str
    en: str
    fr: str


CANNED = (
    Reason(
        "contact_details",
        "The message holds contact details. Please keep the conversation here, where we can help you.",
        "Le message contient des coordonnées. Merci de poursuivre l’échange ici, où nous pouvons vous aider.",
    ),
    Reason(
        "payment_outside",
        "The message asks for a payment outside the marketplace, which leaves you both without protection.",
        "Le message demande un paiement hors de la place de marché, qui vous laisse tous deux sans protection.",
    ),
    Reason(
        "review_blackmail",
        "The message ties a review to a payment or a favour.",
        "Le message lie un avis à un paiement ou à une faveur.",
    ),
    Reason("threat", "The message threatens a person.", "Le message menace une personne."),
    Reason("abuse", "The message insults a person.", "Le message insulte une personne."),
    Reason(
        "personal_data",
        "The message makes somebody’s personal data known.",
        "Le message divulgue les données personnelles d’une personne.",
    ),
    Reason("spam", "The message is advertising.", "Le message est de la publicité."),
    Reason(
        "no_breach",
        "We have looked at the message; it does not break our rules.",
        "Nous avons examiné le message ; il n’enfreint pas nos règles.",
    ),
    Reason(
        "false_alarm",
        "What was caught is part of the work itself and may stand.",
        "Ce qui a été relevé fait partie de la prestation et peut rester.",
    ),
    Reason(
        "settle_between_you",
        "This is for the two of you to settle; come back to us if you cannot.",
        "C’est à vous deux d’en convenir ; revenez vers nous si vous n’y parvenez pas.",
    ),
)


def canned(language: str) -> list[dict[str, str]]:
    """[{key, text}] in French, or in English for any other language."""
    return [{"key": each.key, "text": each.fr if language == "fr" else each.en} for each in CANNED]
