"""Who may do what in a thread, as rows of a table (domain.md, "The thread").

Pure: no clock, no database, no Django. Must never hold a number of policy or a word of a message.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from chat.refusals import Refused


class Role(StrEnum):
    """Who acts, seen from the thread; the wire's names (protocol.md §5)."""

    BUYER = "buyer"
    SELLER = "seller"
    MODERATOR = "moderator"
    CLOCK = "system"
    HOST = "host"
    # Relative to the proposal at hand: nobody answers their own.
    MAKER = "maker"
    ANSWERER = "answerer"
    # Outside any thread: staff who lead, and those who are no staff.
    LEAD = "lead"
    PERSON = "person"
    # Relative to the decision at hand: whom it concerns, and who took it, who never rules on it.
    CONCERNED = "concerned"
    DECIDER = "decider"


PARTIES = frozenset({Role.BUYER, Role.SELLER})


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: these roles may take this action in these states; `to` is where it leads."""

    action: str
    roles: frozenset[Role]
    states: frozenset[str]
    to: str | None = None
    after: str | None = None

    @property
    def leads_to(self) -> str:
        """Where a row that moves something leads."""
        assert self.to is not None, self.action
        return self.to


def rule(
    action: str,
    roles: Role | Iterable[Role],
    states: Iterable[str],
    to: str | None = None,
    after: str | None = None,
) -> Rule:
    """Write a row; `after` names the deadline whose passing lets the clock take it."""
    who = frozenset({roles}) if isinstance(roles, Role) else frozenset(roles)
    return Rule(action, who, frozenset(states), to, after)


@dataclass(frozen=True, slots=True)
class Code:
    """In these states an action whose name starts so is refused with this code, and told what is possible instead."""

    prefix: str
    states: frozenset[str]
    code: str
    possible: tuple[str, ...] = ()

    def refusal(self) -> Refused:
        return Refused(self.code, possible=list(self.possible)) if self.possible else Refused(self.code)


def code(prefix: str, states: Iterable[str], name: str, *possible: str) -> Code:
    return Code(prefix, frozenset(states), name, possible)


NOT_ALLOWED = Code("", frozenset(), "not_allowed")


class Table:
    """Rows, and the codes for what has no row. The first code that fits is the answer."""

    def __init__(self, name: str, states: Iterable[str], rows: Iterable[Rule], codes: Iterable[Code]) -> None:
        self.name = name
        self.states = frozenset(states)
        self.rows = tuple(rows)
        self.codes = tuple(codes)
        self._by_action: dict[str, list[Rule]] = {}
        for row in self.rows:
            assert row.states <= self.states, f"{name}: {row.action} names an unknown state"
            self._by_action.setdefault(row.action, []).append(row)
        self._known = frozenset((row.action, role) for row in self.rows for role in row.roles)

    @property
    def actions(self) -> frozenset[str]:
        return frozenset(self._by_action)

    def knows(self, action: str, role: Role) -> bool:
        """Could this role ever take this action, in whatever state?"""
        return (action, role) in self._known

    def check(self, action: str, state: str, role: Role) -> Rule:
        """Return the row that allows the action, or raise Refused with the code of protocol.md §8."""
        if not self.knows(action, role):
            raise Refused("wrong_role")
        for row in self._by_action[action]:
            if role in row.roles and state in row.states:
                return row
        raise self.refusal(action, state)

    def refusal(self, action: str, state: str) -> Refused:
        """The answer to an action that has no row in this state."""
        fits = (each for each in self.codes if action.startswith(each.prefix) and state in each.states)
        return next(fits, NOT_ALLOWED).refusal()

    def available(self, state: str, role: Role) -> tuple[Rule, ...]:
        return tuple(row for row in self.rows if role in row.roles and state in row.states)


class Mode(StrEnum):
    """How a thread stands; its order's state sets all but LEFT, which a leave sets for good."""

    OPEN = "open"
    BLOCKED = "blocked"
    FROZEN = "frozen"
    AFTER_SALES = "after_sales"
    ENDED = "ended"
    SILENT = "silent"
    LEFT = "left"


TALK = frozenset({Mode.OPEN, Mode.AFTER_SALES, Mode.ENDED})
OVER = frozenset({Mode.AFTER_SALES, Mode.ENDED, Mode.SILENT})
HUSHED = frozenset({Mode.BLOCKED, Mode.FROZEN, Mode.SILENT})
ALWAYS = frozenset(Mode)

THREAD = Table(
    "thread",
    Mode,
    (
        rule("message.send", PARTIES, TALK),
        rule("message.send", Role.MODERATOR, ALWAYS),
        rule("message.send:support", Role.SELLER, {Mode.AFTER_SALES}),
        rule("message.send:check_in", Role.SELLER, {Mode.AFTER_SALES}),
        rule("message.send:statement", PARTIES, {Mode.FROZEN}),
        rule("message.edit", PARTIES, TALK),
        rule("message.redact", PARTIES, TALK),
        rule("message.redact", Role.MODERATOR, ALWAYS),
        rule("message.report", PARTIES, ALWAYS),
        rule("moderation.note", Role.MODERATOR, ALWAYS),
        rule("moderation.release_message", Role.MODERATOR, ALWAYS),
        rule("moderation.reject_message", Role.MODERATOR, ALWAYS),
        rule("moderation.take_item", Role.MODERATOR, ALWAYS),
        rule("moderation.put_back", Role.MODERATOR, ALWAYS),
        rule("moderation.settle", Role.MODERATOR, ALWAYS),
        rule("moderation.case", Role.MODERATOR, ALWAYS),
        rule("thread.mute", PARTIES, ALWAYS),
        rule("thread.archive", PARTIES, ALWAYS),
        rule("moderation.watch", Role.MODERATOR, ALWAYS),
        # Reads of staff's own, for which a watch has to hold besides; evidence is the host's, too.
        rule("moderation.replay", Role.MODERATOR, ALWAYS),
        rule("evidence", {Role.MODERATOR, Role.HOST}, ALWAYS),
        rule("thread.leave", PARTIES, OVER, to=Mode.LEFT),
        rule("thread.leave", PARTIES, {Mode.LEFT}),
        rule("close", Role.CLOCK, {Mode.AFTER_SALES, Mode.ENDED}, to=Mode.LEFT),
        # Whatever else the two parties settle with each other needs a thread that nobody has left.
        rule("trade", PARTIES, ALWAYS - {Mode.LEFT}),
        rule("review", PARTIES, ALWAYS),
    ),
    (
        code("thread.leave", ALWAYS - {Mode.LEFT}, "order_active"),
        code("", {Mode.LEFT}, "thread_closed"),
        code("message.", HUSHED, "chat_blocked"),
    ),
)

STAFFED = frozenset({Role.MODERATOR, Role.LEAD})


class Always(StrEnum):
    """What belongs to no thread has no state that could forbid it."""

    ALWAYS = "always"


STAFF = Table(
    "staff",
    Always,
    (
        rule("moderation.suspend", STAFFED, Always),
        rule("moderation.reinstate", STAFFED, Always),
        rule("moderation.warn", STAFFED, Always),
        rule("moderation.feed", STAFFED, Always),
        rule("moderation.queue", STAFFED, Always),
        rule("moderation.audit", STAFFED, Always),
        rule("moderation.audit:all", Role.LEAD, Always),
        rule("moderation.appeals", Role.LEAD, Always),
        rule("moderation.policies", Role.LEAD, Always),
        rule("moderation.rule_appeal", Role.LEAD, Always),
        rule("decision.appeal", Role.CONCERNED, Always),
    ),
    (),
)
