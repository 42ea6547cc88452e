"""Which refusals apply together, and which of them protocol.md §6 wants told: plain data, written from that page.

A situation is words: an order's state, then `left`, `old` (16 minutes have passed), `insistent` (sam has written three
times), `NAME-suspended`. In each, kim and sam have written (seqs 3 and 4) and sam has made an open offer and a gone one.
"""

from tests.market import Said

USED = "01990000-0000-7000-8000-000000000007"
KIMS, SAMS, NONE = 3, 4, 99
OLD: Said = {"expect": 0}
AGAIN: Said = {"id": USED}
EMPTY: Said = {"text": ""}
# (situation, who, command, what is said)
Case = tuple[str, str, str, Said]


def offer(which: str) -> Said:
    return {"offer": which}


# (the first refusal, with both causes, the second refusal, without the first cause)
PAIRS: list[tuple[str, Case, str, Case]] = [
    ("not_found", ("", "kim", "message.send", AGAIN | {"thread": "foreign"}),
     "id_reused", ("", "kim", "message.send", AGAIN)),
    ("not_found", ("kim-suspended", "kim", "offer.accept", offer("none")),
     "suspended", ("kim-suspended", "kim", "offer.accept", offer("open"))),
    ("not_found", ("", "sam", "offer.accept", offer("none")), "wrong_role", ("", "sam", "offer.accept", offer("open"))),
    ("not_found", ("closed left", "kim", "message.edit", {"target": NONE}),
     "thread_closed", ("closed left", "kim", "message.edit", {"target": KIMS})),
    ("not_found", ("expired", "kim", "offer.accept", offer("none")),
     "order_ended", ("expired", "kim", "offer.accept", offer("open"))),
    ("not_found", ("delivered", "kim", "message.edit", {"target": NONE}),
     "chat_blocked", ("delivered", "kim", "message.edit", {"target": KIMS})),
    ("not_found", ("", "kim", "message.edit", EMPTY | {"target": NONE}),
     "text_invalid", ("", "kim", "message.edit", EMPTY | {"target": KIMS})),
    ("id_reused", ("kim-suspended", "kim", "message.send", AGAIN),
     "suspended", ("kim-suspended", "kim", "message.send", {})),
    ("id_reused", ("", "kim", "offer.make", AGAIN), "wrong_role", ("", "kim", "offer.make", {})),
    ("id_reused", ("closed left", "kim", "message.send", AGAIN),
     "thread_closed", ("closed left", "kim", "message.send", {})),
    ("id_reused", ("closed", "kim", "order.close", AGAIN), "order_ended", ("closed", "kim", "order.close", {})),
    ("id_reused", ("delivered", "kim", "message.send", AGAIN), "chat_blocked", ("delivered", "kim", "message.send", {})),
    ("id_reused", ("", "kim", "thread.leave", AGAIN), "order_active", ("", "kim", "thread.leave", {})),
    ("id_reused", ("", "kim", "order.withdraw", AGAIN | OLD), "version_conflict", ("", "kim", "order.withdraw", OLD)),
    ("id_reused", ("", "kim", "message.send", AGAIN | EMPTY), "text_invalid", ("", "kim", "message.send", EMPTY)),
    ("suspended", ("kim-suspended", "kim", "order.start", {}), "wrong_role", ("", "kim", "order.start", {})),
    ("suspended", ("kim-suspended", "kim", "message.edit", {"target": SAMS}),
     "wrong_role", ("", "kim", "message.edit", {"target": SAMS})),
    ("suspended", ("mia-suspended", "mia", "order.start", {}), "wrong_role", ("", "mia", "order.start", {})),
    ("suspended", ("mia-suspended", "mia", "message.send", {}), "reason_required", ("", "mia", "message.send", {})),
    ("suspended", ("mia-suspended", "mia", "moderation.watch", {"reason": "short"}),
     "reason_required", ("", "mia", "moderation.watch", {"reason": "short"})),
    ("suspended", ("mia-suspended", "mia", "thread.mute", {"on": True}),
     "wrong_role", ("", "mia", "thread.mute", {"on": True})),
    ("suspended", ("closed left kim-suspended", "kim", "message.send", {}),
     "thread_closed", ("closed left", "kim", "message.send", {})),
    ("suspended", ("closed kim-suspended", "kim", "order.close", {}), "order_ended", ("closed", "kim", "order.close", {})),
    ("suspended", ("sam-suspended", "sam", "order.deliver", {}), "not_allowed", ("", "sam", "order.deliver", {})),
    ("suspended", ("delivered kim-suspended", "kim", "message.send", {}),
     "chat_blocked", ("delivered", "kim", "message.send", {})),
    ("suspended", ("kim-suspended", "kim", "thread.leave", {}), "order_active", ("", "kim", "thread.leave", {})),
    ("suspended", ("sam-suspended", "sam", "order.start", OLD), "version_conflict", ("", "sam", "order.start", OLD)),
    ("suspended", ("kim-suspended", "kim", "message.send", EMPTY), "text_invalid", ("", "kim", "message.send", EMPTY)),
    ("suspended", ("kim-suspended", "kim", "offer.accept", offer("gone")),
     "offer_not_open", ("", "kim", "offer.accept", offer("gone"))),
    ("wrong_role", ("closed left", "kim", "offer.make", {}), "thread_closed", ("closed left", "sam", "offer.make", {})),
    ("wrong_role", ("closed", "kim", "order.start", {}), "order_ended", ("closed", "sam", "order.start", {})),
    ("wrong_role", ("delivered", "kim", "offer.make", {}), "not_allowed", ("delivered", "sam", "offer.make", {})),
    ("wrong_role", ("delivered", "sam", "message.edit", {"target": KIMS}),
     "chat_blocked", ("delivered", "sam", "message.edit", {"target": SAMS})),
    ("wrong_role", ("", "mia", "thread.leave", {}), "order_active", ("", "kim", "thread.leave", {})),
    ("wrong_role", ("", "kim", "order.start", OLD), "version_conflict", ("", "sam", "order.start", OLD)),
    ("wrong_role", ("", "kim", "offer.make", {"title": ""}), "text_invalid", ("", "sam", "offer.make", {"title": ""})),
    ("wrong_role", ("", "sam", "offer.accept", offer("gone")),
     "offer_not_open", ("", "kim", "offer.accept", offer("gone"))),
    ("thread_closed", ("closed left", "sam", "order.start", {}), "order_ended", ("closed", "sam", "order.start", {})),
    ("thread_closed", ("expired left", "kim", "message.send", {}),
     "chat_blocked", ("expired", "kim", "message.send", {})),
    ("thread_closed", ("cancelled left", "sam", "message.send", {"purpose": "support"}),
     "not_allowed", ("cancelled", "sam", "message.send", {"purpose": "support"})),
    ("thread_closed", ("closed left", "kim", "message.send", EMPTY),
     "text_invalid", ("closed", "kim", "message.send", EMPTY)),
    ("thread_closed", ("closed left", "kim", "offer.accept", offer("gone")),
     "offer_not_open", ("closed", "kim", "offer.accept", offer("gone"))),
    ("thread_closed", ("closed left old", "kim", "message.edit", {"target": KIMS}),
     "edit_window_over", ("closed old", "kim", "message.edit", {"target": KIMS})),
    ("thread_closed", ("closed insistent left", "sam", "message.send", {}),
     "follow_up_budget", ("closed insistent", "sam", "message.send", {})),
    ("order_ended", ("closed", "kim", "order.close", OLD), "version_conflict", ("delivered", "kim", "order.close", OLD)),
    ("order_ended", ("closed", "sam", "order.deliver", {"note": ""}),
     "text_invalid", ("in_progress", "sam", "order.deliver", {"note": ""})),
    ("order_ended", ("expired", "kim", "offer.accept", offer("gone")),
     "offer_not_open", ("closed", "kim", "offer.accept", offer("gone"))),
    ("not_allowed", ("", "sam", "order.deliver", OLD), "version_conflict", ("in_progress", "sam", "order.deliver", OLD)),
    ("not_allowed", ("", "sam", "order.deliver", {"note": ""}),
     "text_invalid", ("in_progress", "sam", "order.deliver", {"note": ""})),
    ("not_allowed", ("delivered", "kim", "offer.accept", offer("gone")),
     "offer_not_open", ("in_progress", "kim", "offer.accept", offer("gone"))),
    ("chat_blocked", ("delivered", "kim", "message.send", EMPTY),
     "text_invalid", ("in_progress", "kim", "message.send", EMPTY)),
    ("chat_blocked", ("delivered old", "kim", "message.edit", {"target": KIMS}),
     "edit_window_over", ("in_progress old", "kim", "message.edit", {"target": KIMS})),
    ("version_conflict", ("in_progress", "sam", "order.deliver", OLD | {"note": ""}),
     "text_invalid", ("in_progress", "sam", "order.deliver", {"note": ""})),
]  # fmt: skip

# A situation for each code that tells the state.
TOLD: dict[str, Case] = {
    "id_reused": ("", "kim", "message.send", AGAIN),
    "suspended": ("kim-suspended", "kim", "message.send", {}),
    "wrong_role": ("", "kim", "order.start", {}),
    "thread_closed": ("closed left", "kim", "message.send", {}),
    "order_ended": ("closed", "kim", "order.close", {}),
    "not_allowed": ("", "sam", "order.deliver", {}),
    "chat_blocked": ("delivered", "kim", "message.send", {}),
    "order_active": ("", "kim", "thread.leave", {}),
    "version_conflict": ("", "sam", "order.start", OLD),
    "offer_not_open": ("", "kim", "offer.accept", offer("gone")),
    "follow_up_budget": ("closed insistent", "sam", "message.send", {}),
    "edit_window_over": ("old", "kim", "message.edit", {"target": KIMS}),
    "text_invalid": ("", "kim", "message.send", EMPTY),
    "too_large": ("", "kim", "message.send", {"text": "x" * 4001}),
}
