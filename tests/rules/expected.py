"""domain.md and protocol.md §8 once more, by hand: who may do what, state by state and person by person.

Plain words, read against the product's tables, which are written action by action. Must never import one of them.
`late` is `in_progress` past its delivery deadline, where the buyer may cancel alone. An arrow is where it leads, an @
the deadline that must have passed; a word with neither moves nothing.
"""

# state → who → what. A party that is not named has nothing to say in that state.
Book = dict[str, dict[str, str]]

# What either of two who may talk can do about a part of the money, and about a claim.
CLAIMS = " claim.file claim.withdraw"
ANSWERS = " proposal.decline proposal.withdraw"
REFUNDS = " proposal.make:refund proposal.accept:refund" + ANSWERS
WORK = REFUNDS + " proposal.make:extension proposal.accept:extension proposal.accept:cancellation"
# After an end each proposal has ended, too, and says so itself (`proposal_not_open`): the order does not object.
DEAD = " proposal.accept:refund proposal.accept:extension proposal.accept:cancellation" + ANSWERS
BUYS = " offer.request offer.accept offer.decline"
SELLS = " offer.make offer.withdraw"
# What the host says of the payment of an offer.
PAYS = "offer.pay offer.fail"
# Only in a marketplace that gives the chat of an ended order a time.
CHAT_ENDS = "close_chat@chat_until"
STAFF = "moderation.freeze→frozen moderation.reject_claim"
FIVE_MONTHS = "expire→expired@expires_at"

ORDER: Book = {
    "pending": {
        "buyer": "order.withdraw→cancelled" + BUYS + REFUNDS + CLAIMS,
        "seller": "order.start→in_progress order.decline→cancelled" + SELLS + REFUNDS + CLAIMS,
        "moderator": STAFF,
        "system": "auto_cancel→cancelled@start_by " + FIVE_MONTHS,
        "host": PAYS,
    },
    "in_progress": {
        "buyer": "proposal.make:cancellation" + BUYS + WORK + CLAIMS,
        "seller": "order.deliver→delivered order.cancel→cancelled" + SELLS + WORK + CLAIMS,
        "moderator": STAFF,
        "system": FIVE_MONTHS,
        "host": PAYS,
    },
    "late": {
        "buyer": "order.cancel→cancelled proposal.make:cancellation" + BUYS + WORK + CLAIMS,
        "seller": "order.deliver→delivered order.cancel→cancelled" + SELLS + WORK + CLAIMS,
        "moderator": STAFF,
        "system": FIVE_MONTHS,
        "host": PAYS,
    },
    # No new offer and no acceptance while the buyer checks the work; what lies there may still be taken away.
    "delivered": {
        "buyer": "order.request_revision→revision_requested order.close→closed offer.decline" + ANSWERS + CLAIMS,
        "seller": "offer.withdraw" + ANSWERS + CLAIMS,
        "moderator": STAFF,
        "system": "auto_close→closed@auto_close_at " + FIVE_MONTHS,
        "host": "offer.fail",
    },
    "revision_requested": {
        "buyer": BUYS + REFUNDS + CLAIMS,
        "seller": "order.accept_revision→in_progress order.refuse_revision→revision_refused order.cancel→cancelled"
        + (SELLS + REFUNDS + CLAIMS),
        "moderator": STAFF,
        "system": FIVE_MONTHS,
        "host": PAYS,
    },
    "revision_refused": {
        "buyer": "order.close→closed" + BUYS + REFUNDS + CLAIMS,
        "seller": "order.cancel→cancelled" + SELLS + REFUNDS + CLAIMS,
        "moderator": STAFF,
        "system": "auto_close→closed@auto_close_at " + FIVE_MONTHS,
        "host": PAYS,
    },
    "frozen": {
        # Unfrozen it goes back to where it was: no fixed place.
        "moderator": "moderation.resolve:refund→cancelled moderation.resolve:split→closed moderation.resolve:pay→closed"
        " moderation.resolve:resume→in_progress moderation.resolve:unfreeze",
    },
    "closed": {
        "buyer": "review.write support.open support.resolve" + BUYS + DEAD,
        "seller": "review.reply review.contest support.open support.resolve" + SELLS + DEAD,
        "moderator": "moderation.rule_review",
        "system": CHAT_ENDS,
        "host": PAYS,
    },
    "cancelled": {"buyer": BUYS + DEAD, "seller": SELLS + DEAD, "system": CHAT_ENDS, "host": PAYS},
    "expired": {"buyer": DEAD, "seller": DEAD, "host": "offer.fail"},
}

OFFER_GOES = "offer.void→void"
OFFER: Book = {
    "open": {
        "buyer": "offer.accept→accepted offer.decline→declined offer.await→awaiting_payment " + OFFER_GOES,
        "seller": "offer.withdraw→withdrawn " + OFFER_GOES,
        "moderator": OFFER_GOES,
        "system": "offer.expire→expired@expires_at " + OFFER_GOES,
        "host": "offer.pay→accepted offer.fail",
    },
    "awaiting_payment": {
        "buyer": OFFER_GOES,
        "seller": OFFER_GOES,
        "moderator": OFFER_GOES,
        "system": "offer.reopen→open@pay_by " + OFFER_GOES,
        "host": "offer.pay→accepted offer.fail→open",
    },
    "accepted": {}, "declined": {}, "withdrawn": {}, "expired": {}, "void": {},
}  # fmt: skip

PROPOSAL: Book = {
    "open": {
        "answerer": "proposal.accept→accepted proposal.decline→declined",
        "maker": "proposal.withdraw→withdrawn",
        "buyer": "proposal.void→void",
        "seller": "proposal.void→void",
        "moderator": "proposal.void→void",
        "system": "proposal.expire→expired@expires_at proposal.void→void",
    },
    "accepted": {}, "declined": {}, "withdrawn": {}, "expired": {}, "void": {},
}  # fmt: skip

RULING = "moderation.reject_claim→rejected moderation.freeze→upheld claim.void→void"
CLAIM: Book = {
    "open": {
        "buyer": "claim.withdraw→withdrawn claim.void→void",
        "seller": "claim.withdraw→withdrawn claim.void→void",
        "moderator": "claim.pick_up→picked_up " + RULING,
        "system": "claim.void→void",
    },
    "picked_up": {
        "buyer": "claim.void→void", "seller": "claim.void→void", "moderator": RULING, "system": "claim.void→void",
    },
    "withdrawn": {}, "rejected": {}, "upheld": {}, "void": {},
}  # fmt: skip

# The thread, by its mode. `trade` is all that the two settle with each other; a review asks for no open thread.
SAYS = "message.send message.edit message.redact "
FREE = "message.report thread.mute thread.archive review"
HERE = FREE + " trade"
QUEUE = " moderation.take_item moderation.put_back moderation.settle moderation.case"
HOLDS = " moderation.release_message moderation.reject_message"
WATCHES = "message.send message.redact moderation.watch moderation.note moderation.replay evidence" + QUEUE + HOLDS
LEAVES = " thread.leave→left"
CLOSES = "close→left"

THREAD: Book = {
    "open": {"buyer": SAYS + HERE, "seller": SAYS + HERE, "moderator": WATCHES, "host": "evidence"},
    "blocked": {"buyer": HERE, "seller": HERE, "moderator": WATCHES, "host": "evidence"},
    "frozen": {
        "buyer": "message.send:statement " + HERE,
        "seller": "message.send:statement " + HERE,
        "moderator": WATCHES,
        "host": "evidence",
    },
    "after_sales": {
        "buyer": SAYS + HERE + LEAVES,
        "seller": SAYS + "message.send:support message.send:check_in " + HERE + LEAVES,
        "moderator": WATCHES,
        "host": "evidence",
        "system": CLOSES,
    },
    "ended": {
        "buyer": SAYS + HERE + LEAVES,
        "seller": SAYS + HERE + LEAVES,
        "moderator": WATCHES,
        "host": "evidence",
        "system": CLOSES,
    },
    "silent": {"buyer": HERE + LEAVES, "seller": HERE + LEAVES, "moderator": WATCHES, "host": "evidence"},
    "left": {
        "buyer": FREE + " thread.leave",
        "seller": FREE + " thread.leave",
        "moderator": WATCHES,
        "host": "evidence",
    },
}

# What belongs to no thread. Who decided is no lead to the appeal against it.
MEASURES = "moderation.suspend moderation.reinstate moderation.warn moderation.feed moderation.queue moderation.audit"
OF_STAFF: Book = {
    "always": {
        "moderator": MEASURES,
        "concerned": "decision.appeal",
        "lead": MEASURES + " moderation.audit:all moderation.appeals moderation.policies moderation.rule_appeal",
    },
}
