"""All rules over one history. An empty list means that nothing was found wrong, in this history."""

from tests.faults.checker import delivery, log, state, trade
from tests.faults.checker.digest import Digest, Finding
from tests.faults.checker.history import Final, History

RULES = (
    log.lost,
    log.duplicated,
    log.answered_once,
    log.phantom,
    log.misordered,
    log.gaps,
    log.stale,
    delivery.delivered,
    state.snapshots,
    state.ledger,
    trade.final,
    trade.winners,
)


def check(history: History, final: Final) -> list[Finding]:
    """Hold what clients saw against what the server says now that all is quiet."""
    digest = Digest(history, final)
    return digest.stray + [finding for rule in RULES for finding in rule(digest)]
