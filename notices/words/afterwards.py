"""Support after the sale, reviews, and the end of a thread."""

from chat.rules import Role
from notices.words.words import Words, _, both

BUYER, SELLER = Role.BUYER, Role.SELLER

READ_REVIEW = _("Read the review")
WHY = _("The moderators give their reason in the conversation.")
LEFT = _("%(other)s has left the conversation of “%(title)s”. It is closed for good.")
LEFT_SUBJECT = _("The conversation is closed: %(title)s")

AFTERWARDS: dict[str, dict[Role, Words]] = {
    "support.opened": both(
        Words(
            _("%(other)s asks for support: %(title)s"),
            (_("%(other)s has a question about “%(title)s”."),),
        ),
    ),
    "support.resolved": both(
        Words(
            _("Support question resolved: %(title)s"),
            (_("A support question about “%(title)s” is marked as resolved."),),
        ),
    ),
    "review.written": {
        SELLER: Words(
            _("%(other)s has reviewed your work"),
            (_("%(other)s has written a review of “%(title)s”."), _("You can reply to it once.")),
            READ_REVIEW,
        ),
    },
    "review.replied": {
        BUYER: Words(
            _("%(other)s has replied to your review"),
            (_("%(other)s has replied to your review of “%(title)s”."),),
            READ_REVIEW,
        ),
    },
    "review.contested": {
        BUYER: Words(
            _("Your review is being checked: %(title)s"),
            (
                _("%(other)s has asked the moderators to check your review of “%(title)s”."),
                _("There is nothing you have to do; we will tell you what they decide."),
            ),
        ),
    },
    "review.removed": {
        BUYER: Words(
            _("Your review was removed: %(title)s"),
            (_("The moderators have removed your review of “%(title)s”."), WHY),
        ),
        SELLER: Words(
            _("A review was removed: %(title)s"),
            (_("The moderators have removed the review that %(other)s wrote of “%(title)s”."), WHY),
        ),
    },
    "review.kept": {
        BUYER: Words(
            _("Your review stays: %(title)s"),
            (_("The moderators have checked your review of “%(title)s”, and it stays."), WHY),
        ),
        SELLER: Words(
            _("A review stays: %(title)s"),
            (_("The moderators have checked the review that %(other)s wrote of “%(title)s”, and it stays."), WHY),
        ),
    },
    "party.left": {
        BUYER: Words(
            LEFT_SUBJECT,
            (LEFT, _("You can still read it, and your right to leave a review stays.")),
            _("Read the conversation"),
        ),
        SELLER: Words(
            LEFT_SUBJECT,
            (LEFT, _("You can still read it, and what is in your wallet stays.")),
            _("Read the conversation"),
        ),
    },
}
