"""The steps of an order."""

from chat.rules import Role
from notices.words.words import CHECK, REVIEW, SEE_ORDER, Words, _, both

BUYER, SELLER = Role.BUYER, Role.SELLER

CANCELLED = _("Order cancelled: %(title)s")
ON_HOLD = _("Order on hold: %(title)s")
YOU_REFUNDED = _("You get the full amount back.")
OTHER_REFUNDED = _("%(other)s gets the full amount back.")
IN_WALLET = _("The money is in your wallet.")
AMOUNT = _("Amount: %(amount)s.")
STAYS_OPEN = _("The conversation stays open for both of you.")
MAY_REVIEW = _("You can leave a review now.")
CLOSES = _("Without an answer from you by %(auto_close_at)s the order closes by itself.")
DUE = _("The delivery is due by %(deliver_by)s.")

ORDERS: dict[str, dict[Role, Words]] = {
    "order.placed": {
        SELLER: Words(
            _("New order: %(title)s"),
            (
                _("%(other)s has ordered “%(title)s” from you."),
                _("The payment of %(amount)s is held until the order ends."),
                _("Please start by %(start_by)s; after that the order is cancelled and the buyer refunded."),
            ),
            SEE_ORDER,
        ),
        BUYER: Words(
            _("Your order: %(title)s"),
            (
                _("Your order “%(title)s” is placed, and %(other)s knows about it."),
                _("Your payment of %(amount)s is held until the order ends."),
                _("You can tell %(other)s right away what you have in mind."),
            ),
        ),
    },
    "order.started": {
        BUYER: Words(
            _("%(other)s has started: %(title)s"),
            (_("%(other)s is working on “%(title)s” now."), DUE),
            SEE_ORDER,
        ),
    },
    "order.declined": {
        BUYER: Words(
            _("%(other)s cannot take your order: %(title)s"),
            (_("%(other)s has declined “%(title)s”, so the order is cancelled."), YOU_REFUNDED),
        ),
    },
    "order.withdrawn": {
        SELLER: Words(
            _("Order withdrawn: %(title)s"),
            (_("%(other)s has withdrawn “%(title)s” before the start."), OTHER_REFUNDED),
        ),
    },
    "order.delivered": {
        BUYER: Words(
            _("Delivered: %(title)s"),
            (
                _("%(other)s has delivered “%(title)s”. Have a look!"),
                _("If all is well, close the order. If not, ask for a revision."),
                CLOSES,
            ),
            CHECK,
        ),
    },
    "order.revision_requested": {
        SELLER: Words(
            _("Changes requested: %(title)s"),
            (_("%(other)s asks you for changes to “%(title)s”."), _("Please accept or refuse by %(answer_by)s.")),
            SEE_ORDER,
        ),
    },
    "order.revision_accepted": {
        BUYER: Words(
            _("Your changes are under way: %(title)s"),
            (_("%(other)s is working on your changes to “%(title)s”."), DUE),
            SEE_ORDER,
        ),
    },
    "order.revision_refused": {
        BUYER: Words(
            _("Changes refused: %(title)s"),
            (
                _("%(other)s has refused the changes to “%(title)s”."),
                _("You can close the order, or ask the moderators to look at it."),
                CLOSES,
            ),
            SEE_ORDER,
        ),
    },
    "order.closed": {
        SELLER: Words(
            _("Order closed: %(title)s"),
            (_("%(other)s has accepted your work on “%(title)s”. Well done!"), IN_WALLET, AMOUNT, STAYS_OPEN),
        ),
        BUYER: Words(
            _("Order closed: %(title)s"),
            (_("Your order “%(title)s” is closed."), MAY_REVIEW, STAYS_OPEN),
            REVIEW,
        ),
    },
    "order.auto_closed": {
        SELLER: Words(
            _("Order closed: %(title)s"),
            (_("The time to check “%(title)s” is over, so the order is closed."), IN_WALLET, AMOUNT, STAYS_OPEN),
        ),
        BUYER: Words(
            _("Order closed: %(title)s"),
            (
                _("The time to check “%(title)s” is over, so the order is closed."),
                _("The money has gone to %(other)s."),
                MAY_REVIEW,
            ),
            REVIEW,
        ),
    },
    "order.cancelled": {
        BUYER: Words(CANCELLED, (_("Your order “%(title)s” is cancelled."), YOU_REFUNDED, AMOUNT, STAYS_OPEN)),
        SELLER: Words(CANCELLED, (_("The order “%(title)s” is cancelled."), OTHER_REFUNDED, STAYS_OPEN)),
    },
    "order.auto_cancelled": {
        BUYER: Words(CANCELLED, (_("“%(title)s” was not started in time, so it is cancelled."), YOU_REFUNDED)),
        SELLER: Words(CANCELLED, (_("“%(title)s” was not started in time, so it is cancelled."), OTHER_REFUNDED)),
    },
    "order.expired": both(
        Words(
            _("Order expired: %(title)s"),
            (
                _("“%(title)s” was not finished within its time and has expired."),
                _("The money held for it has gone to the platform."),
                _("The conversation stays readable."),
            ),
        ),
    ),
    "order.frozen": both(
        Words(
            ON_HOLD,
            (
                _("The moderators have put “%(title)s” on hold to look at it."),
                _("The money is safe meanwhile, and no deadline of a step runs."),
                _("If you have something to say to the moderators, write it in the conversation."),
            ),
        ),
    ),
}
