"""Which entries of staff concern whom: the statements of reasons for what moderators do in threads.

Joins every write of the log (chat.log.join), so that no such act can be without one. Must never do it for a party.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from chat.acts import Act
from chat.announce import Record
from chat.models import Entry
from chat.rules import Role
from moderation.decisions import decide
from orders.models import Claim


@dataclass(frozen=True, slots=True)
class Concerned:
    """One person, by what, why, and about what."""

    user: str
    act: str
    reason: str
    about: dict[str, Any]


def tell(acts: Iterable[Act]) -> None:
    """Decide for everybody whom these acts' entries concern."""
    for act in acts:
        for record in act.records:
            if record.by_role == Role.MODERATOR:
                for each in _of(act, record):
                    decide(act, each.user, each.act, each.reason, about=each.about)


def _of(act: Act, record: Record) -> Iterator[Concerned]:
    said, thread = record.body, act.thread
    parties = (thread.buyer_id, thread.seller_id)
    match record.kind:
        case "message.redacted":
            author = Entry.objects.values_list("by_user", flat=True).get(thread=thread, seq=said["target"])
            if author in parties:
                yield Concerned(author, "message.redact", said["reason"], {"target": said["target"]})
        case "claim.rejected":
            by, answer = Claim.objects.values_list("by", "answer").get(pk=said["claim"])
            yield Concerned(by, "moderation.reject_claim", answer, {"claim": said["claim"]})
        case "review.removed":
            about = {"review": said["review"], "outcome": "remove"}
            yield Concerned(thread.buyer_id, "moderation.rule_review", said["reason"], about)
        case "dispute.resolved" if said["outcome"] != "unfreeze":
            # An order that goes on as before was checked: nothing was decided for or against anybody.
            for party in parties:
                yield Concerned(party, "moderation.resolve", said["reason"], {"outcome": said["outcome"]})
