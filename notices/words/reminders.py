"""Deadlines that come near. Each says what happens if nothing is done."""

from chat.rules import Role
from notices.words.words import ANSWER, CHECK, REVIEW, SEE_OFFER, SEE_ORDER, Words, _, both

BUYER, SELLER = Role.BUYER, Role.SELLER

REMINDERS: dict[str, dict[Role, Words]] = {
    "reminder.start_by": {
        SELLER: Words(
            _("Please start: %(title)s"),
            (
                _("%(other)s is waiting for you to start “%(title)s”."),
                _("Without a start by %(at)s the order is cancelled, and %(other)s gets the full amount back."),
            ),
            SEE_ORDER,
        ),
        BUYER: Words(
            _("Not started yet: %(title)s"),
            (
                _("%(other)s has not started “%(title)s” yet."),
                _("Without a start by %(at)s the order is cancelled, and you get the full amount back."),
            ),
            SEE_ORDER,
        ),
    },
    "reminder.deliver_by": {
        SELLER: Words(
            _("Delivery is due soon: %(title)s"),
            (
                _("The delivery of “%(title)s” is due soon."),
                _("Please deliver by %(at)s; after that %(other)s may cancel the order."),
                _("If you need more time, propose a later delivery."),
            ),
            SEE_ORDER,
        ),
        BUYER: Words(
            _("Delivery is due soon: %(title)s"),
            (
                _("The delivery of “%(title)s” is due soon."),
                _("If it is not there by %(at)s, you may cancel the order."),
            ),
            SEE_ORDER,
        ),
    },
    "reminder.answer_by": {
        SELLER: Words(
            _("Please answer: %(title)s"),
            (
                _("%(other)s is waiting for your answer about the changes to “%(title)s”."),
                _("Please accept or refuse by %(at)s."),
            ),
            ANSWER,
        ),
        BUYER: Words(
            _("No answer yet: %(title)s"),
            (
                _("%(other)s has not answered your request for changes to “%(title)s” yet."),
                _("The answer is due by %(at)s."),
            ),
            SEE_ORDER,
        ),
    },
    "overdue.answer_by": {
        SELLER: Words(
            _("Your answer is overdue: %(title)s"),
            (
                _("You have not answered the request for changes to “%(title)s” in time."),
                _("Please answer now: %(other)s may ask the moderators for help, and such requests come first."),
            ),
            ANSWER,
        ),
        BUYER: Words(
            _("No answer in time: %(title)s"),
            (
                _("%(other)s has not answered your request for changes to “%(title)s” in time."),
                _("You can ask the moderators for help; they look at such requests first."),
            ),
            SEE_ORDER,
        ),
    },
    "reminder.auto_close_at": {
        BUYER: Words(
            _("Please check the delivery: %(title)s"),
            (
                _("“%(title)s” closes by itself soon, and the money then goes to %(other)s."),
                _("If something is not right, please say so by %(at)s."),
            ),
            CHECK,
        ),
        SELLER: Words(
            _("Closing soon: %(title)s"),
            (
                _("“%(title)s” closes by itself soon, and the money then goes to your wallet."),
                _("This happens at %(at)s, unless %(other)s answers before."),
            ),
            SEE_ORDER,
        ),
    },
    "reminder.expires_at": both(
        Words(
            _("The order expires soon: %(title)s"),
            (
                _("“%(title)s” must be finished soon, or it expires and the money goes to the platform."),
                _("Its last moment is %(at)s."),
                _("Please finish or cancel it before, or ask the moderators for help."),
            ),
            SEE_ORDER,
        ),
    ),
    "reminder.chat_until": both(
        Words(
            _("The conversation ends soon: %(title)s"),
            (
                _("The conversation of “%(title)s” closes for both of you at %(at)s."),
                _("If something is left to say, please write before."),
            ),
        ),
    ),
    "reminder.review_until": {
        BUYER: Words(
            _("How was it? Leave a review: %(title)s"),
            (
                _("How was “%(title)s” with %(other)s? A few words help everyone who comes after you."),
                _("You can leave your review until %(at)s."),
            ),
            REVIEW,
        ),
    },
    "reminder.offer_expires_at": {
        BUYER: Words(
            _("An offer ends soon"),
            (
                _("The offer that %(other)s made you in the conversation of “%(title)s” ends soon."),
                _("It is open until %(at)s."),
            ),
            SEE_OFFER,
        ),
        SELLER: Words(
            _("Your offer ends soon"),
            (
                _("Your offer to %(other)s in the conversation of “%(title)s” ends soon."),
                _("It is open until %(at)s."),
            ),
            SEE_OFFER,
        ),
    },
    "reminder.proposal_expires_at": both(
        Words(
            _("A proposal waits for an answer: %(title)s"),
            (
                _("The proposal for “%(title)s” (%(proposal)s) still waits for an answer."),
                _("It expires at %(at)s."),
            ),
            ANSWER,
        ),
    ),
}
