"""What people say who have nothing particular to say, and the roads that orders usually take: plain data."""

from typing import Any

Said = dict[str, Any]

# Of the people in tests these are staff, by the role that the host gives them.
STAFF = {"mia": "moderator", "max": "moderator", "lea": "lead"}

# What a person says who has nothing particular to say.
WORDS: dict[str, Said] = {
    "thread.leave": {"confirm": True},
    "message.send": {"text": "Hello"},
    "message.edit": {"text": "Good morning"},
    "message.report": {"reason": "It is rude."},
    "offer.make": {"title": "A banner", "price": {"amount": 2000, "currency": "EUR"}, "delivery_days": 2},
    "offer.request": {"text": "Could you do a banner, too?"},
    "order.deliver": {"note": "Here it is."},
    "order.request_revision": {"text": "Bigger, please."},
    "order.refuse_revision": {"reason": "It is as agreed."},
    "order.cancel": {"reason": "I am ill."},
    "proposal.make": {"reason": "I had another idea."},
    "claim.file": {"reason": "We cannot agree."},
    "support.open": {"text": "It does not print."},
    "review.write": {"rating": 5, "text": "A splendid logo"},
    "review.reply": {"text": "Thank you!"},
    "review.contest": {"ground": "abuse", "text": "It calls me names."},
    "moderation.watch": {"reason": "a complaint by phone"},
    "moderation.note": {"text": "Seen before."},
    "moderation.freeze": {"reason": "a claim to look into"},
    "moderation.resolve": {"reason": "both were heard"},
    "moderation.reject_claim": {"reason": "there is nothing in it"},
    "moderation.reject_message": {"reason": "it tells a phone number"},
    "moderation.rule_review": {"reason": "it breaks no rule of ours"},
}

# Who does what to bring a placed order there; a number is a wait in seconds.
ROADS: dict[str, tuple[tuple[str, str] | int, ...]] = {
    "pending": (),
    "in_progress": (("sam", "order.start"),),
    "late": (("sam", "order.start"), 3 * 86400 + 1),
    "delivered": (("sam", "order.start"), ("sam", "order.deliver")),
    "frozen": (("sam", "order.start"), ("mia", "moderation.freeze")),
    "cancelled": (("sam", "order.decline"),),
    "expired": (("sam", "order.start"), 160 * 86400),
}
ROADS["revision_requested"] = (*ROADS["delivered"], ("kim", "order.request_revision"))
ROADS["revision_refused"] = (*ROADS["revision_requested"], ("sam", "order.refuse_revision"))
ROADS["closed"] = (*ROADS["delivered"], ("kim", "order.close"))
