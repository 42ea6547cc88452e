"""Proposals, claims and disputes. Never a reason: some are for staff only, and all stand in the conversation."""

from chat.rules import Role
from notices.words.words import ANSWER, Words, _, both

# What is proposed, within a sentence.
PROPOSALS = {
    "cancellation": _("a cancellation"),
    "refund": _("a partial refund"),
    "extension": _("a later delivery"),
    "": _("a change"),
}

# What the moderators decided (protocol.md §6, moderation.resolve).
OUTCOMES = {
    "refund": _("The order is cancelled, and the buyer gets the full amount back."),
    "split": _("The order is closed, and the money is shared between you."),
    "pay": _("The order is closed, and the money goes to the seller."),
    "resume": _("The work goes on."),
    "unfreeze": _("The order goes on as before."),
}

AMOUNT = _("Amount: %(amount)s.")
NEW_DATE = _("New delivery date: %(deliver_by)s.")
ASK_MODERATORS = _("If you cannot agree, you can ask the moderators to look at the order.")

SETTLING: dict[str, dict[Role, Words]] = {
    "proposal.made": both(
        Words(
            _("%(other)s proposes %(proposal)s: %(title)s"),
            (
                _("%(other)s proposes %(proposal)s for “%(title)s”."),
                AMOUNT,
                NEW_DATE,
                _("Please answer by %(expires_at)s."),
            ),
            ANSWER,
        ),
    ),
    "proposal.accepted": both(
        Words(
            _("Proposal accepted: %(title)s"),
            (_("The proposal for “%(title)s” (%(proposal)s) is accepted."), AMOUNT, NEW_DATE),
        ),
    ),
    "proposal.declined": both(
        Words(
            _("Proposal declined: %(title)s"),
            (_("%(other)s has declined your proposal for “%(title)s” (%(proposal)s)."), ASK_MODERATORS),
        ),
    ),
    "proposal.withdrawn": both(
        Words(
            _("Proposal withdrawn: %(title)s"),
            (_("%(other)s has withdrawn the proposal for “%(title)s” (%(proposal)s)."),),
        ),
    ),
    "proposal.expired": both(
        Words(
            _("Proposal expired: %(title)s"),
            (_("The proposal for “%(title)s” (%(proposal)s) was not answered in time."), ASK_MODERATORS),
        ),
    ),
    "claim.filed": both(
        Words(
            _("The moderators are asked to help: %(title)s"),
            (
                _("%(other)s has asked the moderators to look at “%(title)s”."),
                _("There is nothing you have to do now; the order goes on meanwhile."),
            ),
        ),
    ),
    "claim.withdrawn": both(
        Words(
            _("The moderators are no longer needed: %(title)s"),
            (_("%(other)s has taken back the request to the moderators about “%(title)s”."),),
        ),
    ),
    "claim.rejected": both(
        Words(
            _("The moderators have answered: %(title)s"),
            (_("The moderators have looked at “%(title)s” and do not step in."), _("The order goes on.")),
        ),
    ),
    "dispute.resolved": both(
        Words(
            _("The moderators have decided: %(title)s"),
            (
                _("The moderators have decided about “%(title)s”."),
                "%(outcome)s",
                _("For you: %(amount)s."),
                _("Their reasons are in the conversation. The decision is final."),
            ),
        ),
    ),
}
