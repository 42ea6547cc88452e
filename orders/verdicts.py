"""Could this person do that now? Answered for the host's pages, from the rows that the server itself goes by.

Must never write, and never decide: capabilities derives the answer. No text is shown, so it is no look of staff's.
"""

from collections.abc import Iterable
from typing import Any

from chat import people
from chat import queries as talk
from chat.models import Thread
from chat.people import actor_of
from chat.refusals import Refused
from orders.capabilities import COMMANDS, refusal_of, why
from orders.facts import Facts, read_facts
from orders.queries import found, one_view

# What capabilities name, and the two writes that they leave out (protocol.md §5).
NAMED = frozenset({*COMMANDS, "thread.mute", "thread.archive"})
# Of a moderator's commands those for which one has to say first why one looks.
AFTER_A_LOOK = frozenset({"message.send", "message.redact"})

Verdict = dict[str, Any]


def one(user: str, thread: str, command: str) -> Verdict:
    """{allowed, code?, message?, possible?, until?}. Raises Refused unknown_type, or not_found for user or thread."""
    if command not in NAMED:
        raise Refused("unknown_type", field="command")
    with one_view():
        facts = _facts(user, thread)
        return _refused(facts) if isinstance(facts, Refused) else _verdict(facts, command)


def several(asked: Iterable[tuple[str, str, str]]) -> list[Verdict]:
    """One for each (user, thread, command), in order; what `one` would raise is a verdict, too."""
    seen: dict[tuple[str, str], Facts | Refused] = {}
    verdicts = []
    with one_view():
        for user, thread, command in asked:
            if (user, thread) not in seen:
                seen[user, thread] = _facts_or_refusal(user, thread)
            facts = seen[user, thread]
            if command not in NAMED:
                facts = Refused("unknown_type")
            verdicts.append(_refused(facts) if isinstance(facts, Refused) else _verdict(facts, command))
    return verdicts


def _facts(user: str, thread: str) -> Facts | Refused:
    """What a verdict looks at, or what an outsider to the thread is told. Raises Refused not_found {field}."""
    person = people.find(user)
    if person is None:
        raise Refused("not_found", "There is no such user.", field="user")
    if not Thread.objects.filter(pk=thread).exists():
        raise Refused("not_found", "There is no such thread.", field="thread")
    try:
        act, order = found(actor_of(user, person.role, person.name), thread)
    except Refused as refusal:
        return refusal
    return read_facts([(act, order)])[0]


def _facts_or_refusal(user: str, thread: str) -> Facts | Refused:
    try:
        return _facts(user, thread)
    except Refused as refusal:
        return refusal


def _verdict(facts: Facts, command: str) -> Verdict:
    refusal = refusal_of(facts, command) or _unlooked(facts, command)
    if refusal is None:
        return {"allowed": True}
    return _refused(refusal) | why(facts, command, refusal)


def _unlooked(facts: Facts, command: str) -> Refused | None:
    if command in AFTER_A_LOOK:
        try:
            talk.watched(facts.act.thread, facts.act.actor, facts.act.role, facts.act.now)
        except Refused as refusal:
            return refusal
    return None


def _refused(refusal: Refused) -> Verdict:
    verdict = {"allowed": False, "code": refusal.code, "message": refusal.message}
    return verdict | ({"possible": refusal.info["possible"]} if "possible" in refusal.info else {})
