"""Proof that the checker sees: every planted bug is caught, and the right model is found right.

A fault run whose checker has not passed this shows nothing.
"""

from tests.faults.checker import Final, Finding, History, check
from tests.faults.model.bugs import CAUGHT_AS, Bug
from tests.faults.model.people import Play

TRIES = 12


def play(seed: int, *bugs: Bug) -> tuple[History, Final]:
    return Play(seed, *bugs).run()


def caught(bug: Bug) -> bool:
    """Is it seen, as what it is, in one of a few histories?"""
    return any(finding.kind == CAUGHT_AS[bug] for seed in range(TRIES) for finding in check(*play(seed, bug)))


def false_alarms() -> list[Finding]:
    return [finding for seed in range(TRIES) for finding in check(*play(seed))]


def unseen() -> list[str]:
    """What is wrong with the checker: planted bugs that it does not see, and alarms without a cause."""
    return [bug.name for bug in Bug if not caught(bug)] + [str(finding) for finding in false_alarms()[:5]]
