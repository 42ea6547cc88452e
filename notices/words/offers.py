"""Custom offers."""

from chat.rules import Role
from notices.words.words import SEE_OFFER, Words, _

BUYER, SELLER = Role.BUYER, Role.SELLER

PRICE = _("Price: %(amount)s.")

OFFERS: dict[str, dict[Role, Words]] = {
    "offer.requested": {
        SELLER: Words(
            _("%(other)s asks you for an offer"),
            (
                _("%(other)s asks you for an offer in the conversation of “%(title)s”."),
                _("You can make one right there."),
            ),
        ),
    },
    "offer.made": {
        BUYER: Words(
            _("%(other)s has made you an offer"),
            (
                _("%(other)s has made you an offer in the conversation of “%(title)s”."),
                PRICE,
                _("It is open until %(expires_at)s."),
            ),
            SEE_OFFER,
        ),
    },
    "offer.accepted": {
        SELLER: Words(
            _("Your offer is accepted"),
            (_("%(other)s has accepted and paid your offer in the conversation of “%(title)s”."), PRICE),
            SEE_OFFER,
        ),
        BUYER: Words(
            _("You have accepted an offer"),
            (
                _("You have accepted and paid the offer that %(other)s made you in the conversation of “%(title)s”."),
                PRICE,
            ),
            SEE_OFFER,
        ),
    },
    "offer.declined": {
        SELLER: Words(
            _("Your offer was declined"),
            (
                _("%(other)s has declined your offer in the conversation of “%(title)s”."),
                _("You can make another one there."),
            ),
        ),
    },
    "offer.withdrawn": {
        BUYER: Words(
            _("%(other)s has withdrawn an offer"),
            (_("%(other)s has withdrawn the offer in the conversation of “%(title)s”."),),
        ),
    },
    "offer.expired": {
        SELLER: Words(
            _("Your offer has expired"),
            (
                _("Your offer to %(other)s in the conversation of “%(title)s” has expired."),
                _("You can make another one there."),
            ),
        ),
        BUYER: Words(
            _("An offer has expired"),
            (
                _("The offer that %(other)s made you in the conversation of “%(title)s” has expired."),
                _("You can ask for a new one there."),
            ),
        ),
    },
}
