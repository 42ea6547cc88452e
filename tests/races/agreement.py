"""After a race: the log, the order, the money, and what each party is told that they may do all say the same."""

from tests.market import Deal, Said
from tests.rules.codes import ENDED, MODES
from tests.rules.reading import wanted
from tests.truths import hold, is_left

ORDER, THREAD = wanted("order"), wanted("thread")
# Commands that have a row for each kind: the widest speaks for them.
ROWS = {"proposal.accept": "proposal.accept:refund"}


def agree(deal: Deal) -> None:
    """All of it. Raises AssertionError."""
    hold(deal)
    order, left = deal.seen(), is_left(deal.log())
    state = "late" if order["late"] else order["state"]
    for person, role in ((deal.kim, "buyer"), (deal.sam, "seller")):
        seen = person.sees()
        assert (seen["order"]["state"], seen["order"]["version"]) == (order["state"], order["version"])
        assert (seen["closed"] is not None) == left
        possible(seen["capabilities"], state, role, left=left)


def possible(capabilities: Said, state: str, role: str, *, left: bool) -> None:
    """What the state refuses is refused with its code, and nothing else is called allowed."""
    allowed, refused = capabilities["allowed"], capabilities["refused"]
    assert len(set(allowed)) + len(refused) >= 20
    assert not set(allowed) & set(refused)
    for name in (*allowed, *refused):
        code = forbidden(ROWS.get(name, name), state, role, left=left)
        assert code is None or refused.get(name, {}).get("code") == code, (name, state, left, code)
    assert ("thread.leave" in allowed) == (left or state in ENDED)


def forbidden(action: str, state: str, role: str, *, left: bool) -> str | None:
    """The code with which the thread, or else the order, refuses this; None where neither does."""
    mode = "left" if left else MODES[state]
    if (action, mode, role) in THREAD:
        answer = THREAD[action, mode, role]
        return answer if isinstance(answer, str) else None
    door = "review" if action.startswith("review.") else "trade"
    for answer in (THREAD[door, mode, role], ORDER[action, state, role]):
        if isinstance(answer, str):
            return answer
    return None
