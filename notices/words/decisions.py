"""Decisions of staff that concern one person. Never the reason: it stands in the statement behind the link."""

from chat.rules import Role
from notices.words.words import Words, _, both

READ = _("Read the statement")

# What was done, by its name on the wire.
MEASURES = {
    "message.redact": _("The moderators have taken down a message of yours."),
    "moderation.reject_message": _("The moderators have not let a message of yours through."),
    "moderation.settle": _("The moderators have found that a message of yours breaks the rules."),
    "moderation.warn": _("The moderators have given you a warning."),
    "moderation.suspend": _("The moderators have suspended your account. You cannot sign in."),
    "moderation.reinstate": _("The moderators have reinstated your account. You can sign in again."),
    "moderation.reject_claim": _("The moderators have rejected your claim."),
    "moderation.rule_review": _("The moderators have removed your review."),
    "moderation.resolve": _("The moderators have decided a dispute of yours."),
    "": _("The moderators have taken a decision that concerns you."),
}

DECISIONS: dict[str, dict[Role, Words]] = {
    "decision.made": both(
        Words(
            _("A decision of the moderators"),
            (
                "%(measure)s",
                _("You find the reason in the statement behind the button."),
                _("You can appeal there once, until %(appeal_until)s. Somebody else will look at it then."),
            ),
            READ,
        ),
    ),
    "appeal.ruled": both(
        Words(
            _("Your appeal has been ruled on"),
            (
                _("Somebody who did not take the decision has looked at your appeal."),
                _("You find the ruling and its reason behind the button."),
            ),
            READ,
        ),
    ),
}
