"""Keeping what followers were told they may do equal to what the server would do (protocol.md §5, `capabilities`).

Must never derive a right: it asks orders.queries again, but only when an entry or an instant can have changed one.
"""

from collections.abc import Callable, Container, Coroutine
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from chat.offload import in_database
from chat.refusals import Refused
from consumers import wire
from consumers.told import Told
from consumers.topic import Rights, Topic
from orders import queries as orders

# Whoever may do this, or has used up the budget for it, has one that every message in the thread moves.
BUDGETED = "message.send:check_in"
# After these the person has no business in the thread; anything else is a fault that passes.
FINAL = frozenset({"not_found", "reason_required", "suspended", "wrong_role"})

AT_THE_NEXT_SWEEP = datetime.min.replace(tzinfo=UTC)

Spawn = Callable[[Coroutine[Any, Any, None]], None]


def set_rights(rights: Rights, thread: str, can: dict[str, Any], until: datetime | None) -> None:
    rights.as_of = can["as_of"]
    rights.moved_by = moved_by(can["allowed"], can["refused"])
    rights.until = until
    rights.said = compared(can)
    rights.frame = wire.encode({"type": "capabilities", "thread": thread, **can})


def compared(can: dict[str, Any]) -> str:
    """Stands for capabilities without where they were seen: only a difference in these is told."""
    said = wire.encode([can["allowed"], can["refused"]])
    return blake2b(said.encode(), digest_size=16).hexdigest()


def may_change(rights: Rights, told: list[Told]) -> bool:
    """Can these entries have changed what this person may do? To ask for each message would cost more than it."""
    by_any, by_own = rights.moved_by
    for entry in told:
        if entry.kind == "message.edited":
            continue
        if entry.kind != "message" or by_any or (by_own and entry.author == rights.actor.user):
            return True
    return False


def moved_by(allowed: Container[str], refused: dict[str, Any]) -> tuple[bool, bool]:
    """(does any message move these rights, does one of the person's own)"""
    wanting = [no["code"] for action, no in refused.items() if action.startswith("message.")]
    budgeted = BUDGETED in allowed or refused.get(BUDGETED, {}).get("code") == "follow_up_budget"
    all_redacted = refused.get("message.redact", {}).get("code") == "not_allowed"
    return budgeted or all_redacted or "not_found" in wanting, "edit_window_over" in wanting


class Keeper:
    """Asks anew, one question at a time per person and thread, and shows the answer to that person's sockets."""

    def __init__(self, spawn: Spawn) -> None:
        self._spawn = spawn

    def changed(self, topic: Topic, told: list[Told] | None) -> None:
        """These entries were committed, or something that is no entry."""
        for rights in tuple(topic.rights.values()):
            if told is None or may_change(rights, told):
                self.ask(topic, rights)

    def passed(self, topic: Topic, now: datetime) -> None:
        """It is now so late in the trade."""
        for rights in tuple(topic.rights.values()):
            if rights.until is not None and rights.until <= now:
                self.ask(topic, rights)

    def ask(self, topic: Topic, rights: Rights) -> None:
        if rights.asking:
            rights.stale = True
        else:
            rights.asking = True
            self._spawn(self._ask(topic, rights))

    async def _ask(self, topic: Topic, rights: Rights) -> None:
        try:
            rights.stale = True
            while rights.stale:
                rights.stale = False
                can, until = await in_database(orders.capabilities, rights.actor, topic.thread)
                set_rights(rights, topic.thread, can, until)
                for member in topic.of(rights.actor):
                    member.show(topic.thread, rights)
                rights.frame = ""
        except Refused as refusal:
            self._lost(topic, rights, refusal)
        finally:
            rights.asking = False

    def _lost(self, topic: Topic, rights: Rights, refusal: Refused) -> None:
        if refusal.code in FINAL:
            for member in topic.of(rights.actor):
                member.lost(topic.thread, refusal)
        else:
            rights.until = AT_THE_NEXT_SWEEP
