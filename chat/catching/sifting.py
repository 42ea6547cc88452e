"""A text and what is done about it: the pure step between what was found and what others may read.

Must never look anything up: the state and the category are given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from chat.catching.conduct import STRICTNESS, Action, conduct
from chat.catching.kinds import Find
from chat.catching.look import look

MASK = "•"
MASKED = 4


class Caught(NamedTuple):
    """A find and what is done about it."""

    kind: str
    start: int
    end: int
    action: Action

    def wire(self) -> dict[str, Any]:
        return {"kind": self.kind, "start": self.start, "end": self.end, "action": self.action.value}


@dataclass(frozen=True, slots=True)
class Sifted:
    """One text: as it was written, as others may read it, and what was caught in it."""

    field: str
    text: str
    shown: str
    caught: tuple[Caught, ...]

    @property
    def is_masked(self) -> bool:
        return self.shown != self.text

    @property
    def action(self) -> Action:
        """What is done about the whole: the strictest of its finds decides."""
        return max((each.action for each in self.caught), key=STRICTNESS.__getitem__, default=Action.ALLOW)

    def wire(self) -> list[dict[str, Any]]:
        """What its author is told; the field where it is another than the text."""
        of = {} if self.field == "text" else {"field": self.field}
        return [each.wire() | of for each in self.caught]


def sift(
    text: str, state: str, category: str, field: str = "text", *, may_hold: bool = False, piece: Find | None = None
) -> Sifted:
    """What is caught in the text, in a thread whose order stands so. What cannot be held is masked.

    `piece` is what it completes, together with earlier texts.
    """
    seen = look(text)
    finds = (*seen.finds, piece) if piece is not None else seen.finds
    caught = []
    for start, end, kind in finds:
        action = conduct.action(kind, state, category)
        if action is Action.HOLD and not may_hold:
            action = Action.MASK
        if action is not Action.ALLOW:
            caught.append(Caught(kind, start, end, action))
    return Sifted(field, text, masked(text, caught), tuple(caught))


def masked(text: str, caught: Iterable[Caught]) -> str:
    """The text without what is masked; nothing tells how long that was."""
    shown, after = [], 0
    for start, end in sorted((each.start, each.end) for each in caught if each.action is Action.MASK):
        if start >= after:
            shown += [text[after:start], MASK * min(MASKED, end - start)]
        after = max(after, end)
    return "".join((*shown, text[after:]))


def heard(told: Iterable[dict[str, Any]]) -> list[Caught]:
    """What was caught, as its author was told it."""
    return [Caught(each["kind"], each["start"], each["end"], Action(each["action"])) for each in told]
