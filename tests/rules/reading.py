"""Reads expected.py and codes.py: the answer to every action, state and role. Must never import a table."""

from itertools import product

from chat.rules import Role
from tests.rules import expected
from tests.rules.codes import CODES

BOOKS: dict[str, expected.Book] = {
    "order": expected.ORDER,
    "offer": expected.OFFER,
    "proposal": expected.PROPOSAL,
    "claim": expected.CLAIM,
    "thread": expected.THREAD,
    "staff": expected.OF_STAFF,
}

# Where it leads and by which deadline, or the code of the refusal.
Answer = tuple[str, str] | str


def read(words: str) -> dict[str, tuple[str, str]]:
    """What somebody may do: the action, where it leads, by which deadline."""
    said = {}
    for word in words.split():
        step, _, by = word.partition("@")
        action, _, to = step.partition("→")
        assert action not in said, f"{action} stands there twice"
        said[action] = (to, by)
    return said


def wanted(name: str) -> dict[tuple[str, str, str], Answer]:
    """For every action, state and role there is: what it leads to, or the code of the refusal."""
    may = {(state, role): read(words) for state, book in BOOKS[name].items() for role, words in book.items()}
    ever = {(action, role) for (_, role), said in may.items() for action in said}
    answers: dict[tuple[str, str, str], Answer] = {}
    for action, state, role in product({action for action, _ in ever}, BOOKS[name], map(str, Role)):
        if (action, role) not in ever:
            answers[action, state, role] = "wrong_role"
        elif action in (said := may.get((state, role), {})):
            answers[action, state, role] = said[action]
        else:
            codes = (code for begins, states, code in CODES[name] if action.startswith(begins) and state in states)
            answers[action, state, role] = next(codes, "not_allowed")
    return answers
