"""What people at random may ask for: mostly what could be done now, sometimes what could not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from chat.entries import stamp
from tests.market import Deal, Said, now

PARTIES = ("kim", "sam")
STEPS = {
    "order.start": "sam", "order.decline": "sam", "order.withdraw": "kim", "order.deliver": "sam",
    "order.request_revision": "kim", "order.accept_revision": "sam", "order.refuse_revision": "sam",
    "order.close": "kim", "order.cancel": "sam",
}  # fmt: skip
ANSWERS = {"offer.accept": "kim", "offer.decline": "kim", "offer.withdraw": "sam"}
PROPOSALS = ("proposal.accept", "proposal.decline", "proposal.withdraw")
OUTCOMES = ("refund", "split", "resume", "pay", "unfreeze")
OTHERS = {"review.write": "kim", "review.reply": "sam", "review.contest": "sam", "moderation.freeze": "mia",
          "offer.make": "sam", "offer.request": "kim"}  # fmt: skip
EITHER = ("thread.leave", "support.open", "claim.file", "claim.withdraw")

# Often what an order lives by, so that it gets far.
ACTS = [
    *STEPS, *STEPS, *ANSWERS, *PROPOSALS, *OTHERS, *EITHER, "message.send", "message.send", "message.edit",
    "message.redact", "proposal.make", "proposal.make", "moderation.resolve", "moderation.rule_review", "offer.make",
]  # fmt: skip


@dataclass
class Asked:
    who: str
    type: str
    fields: Said


def asked(deal: Deal, act: str, data: st.DataObject) -> Asked | None:
    """The command, or None where there is nothing that it could be about."""

    def one_of(choices: Any) -> Any:
        return data.draw(st.sampled_from(list(choices)))

    if act in STEPS:
        stale = data.draw(st.integers(0, 9)) == 0
        version = deal.seen()["version"]
        return Asked(STEPS[act], act, {"expect": version - 1 if stale else version})
    if act in ANSWERS or act in PROPOSALS:
        what = act.split(".", maxsplit=1)[0]
        there = deal.kim.sees()[f"{what}s"]
        if not there:
            return None
        who = ANSWERS.get(act) or one_of(PARTIES)
        # Mostly the last one, which may still be open.
        chosen = there[-1] if data.draw(st.booleans()) else one_of(there)
        return Asked(who, act, {what: chosen[what]})
    if act in ("message.edit", "message.redact"):
        messages = [entry for entry in deal.log() if entry["kind"] == "message"]
        if not messages:
            return None
        message = one_of(messages[-3:])
        return Asked("kim" if message["by"]["role"] == "buyer" else "sam", act, {"target": message["seq"]})
    if act == "message.send":
        who = one_of(PARTIES)
        purpose = one_of(("chat", "chat", "check_in", "support", "statement")) if who == "sam" else "chat"
        return Asked(who, act, {"purpose": purpose})
    if act == "proposal.make":
        kind = one_of(("cancellation", "refund", "extension"))
        more: Said = {"amount": {"amount": one_of((1, 999, 4999, 9000)), "currency": "EUR"}} if kind == "refund" else {}
        if kind == "extension":
            more = {"deliver_by": stamp(now() + timedelta(days=one_of((1, 9, 30))))}
        return Asked(one_of(PARTIES), act, {"kind": kind, **more})
    if act == "moderation.resolve":
        outcome = one_of(OUTCOMES)
        amount = {"amount": {"amount": one_of((1, 2500)), "currency": "EUR"}} if outcome == "split" else {}
        return Asked("mia", act, {"outcome": outcome, **amount})
    if act == "moderation.rule_review":
        return Asked("mia", act, {"outcome": one_of(("remove", "keep"))})
    return Asked(OTHERS.get(act) or one_of(PARTIES), act, {})
