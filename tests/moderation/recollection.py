"""What people saw and could do at each moment of a life, to be held against what is told of it later."""

from dataclasses import dataclass
from datetime import datetime

from chat.entries import stamp
from moderation.replay import UNKNOWN
from tests.market import Deal, Said, now

# What a clock alone may change between an entry and a later look.
BY_TIME = ("capabilities", "late")


@dataclass
class Moment:
    deal: Deal
    at: datetime
    staff: Said
    could: Said


def moment(deal: Deal) -> Moment:
    """Now, as mia sees it and the parties may go on."""
    deal.mia.does("moderation.watch")
    at = now()
    return Moment(deal, at, known(deal.mia.sees()), {"buyer": deal.kim.may(), "seller": deal.sam.may()})


def held(then: Moment) -> None:
    """Replayed at that instant all is as it was, and right after its last entry all that no clock changes."""
    deal = then.deal
    deal.mia.does("moderation.watch")
    told = deal.mia.does("moderation.replay", at=stamp(then.at))
    assert told["as_of"] == then.staff["as_of"]
    assert told["snapshot"] == then.staff
    assert told["capabilities"] == then.could
    by_seq = deal.mia.does("moderation.replay", seq=then.staff["as_of"])
    assert timeless(by_seq["snapshot"]) == timeless(then.staff)


def known(snapshot: Said) -> Said:
    """Without what no log tells."""
    said = {name: part for name, part in snapshot.items() if name not in UNKNOWN}
    said["parties"] = [{name: part for name, part in row.items() if name not in UNKNOWN} for row in said["parties"]]
    return said


def timeless(snapshot: Said) -> Said:
    order = {name: part for name, part in snapshot["order"].items() if name not in BY_TIME}
    # A follow-up order that the host placed is in its own thread's log.
    order.pop("next")
    # That a moderator has a claim in hand is no entry, either.
    claims = [claim | {"state": claim["state"].replace("picked_up", "open")} for claim in snapshot["claims"]]
    kept = {name: part for name, part in snapshot.items() if name not in BY_TIME}
    return kept | {"order": order, "claims": claims}
