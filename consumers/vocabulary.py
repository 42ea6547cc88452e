"""Every frame that a client may send, by type: one closed registry (protocol.md §4, §6).

Must never import Django. A type that is not here is `unknown_type`; dispatch.py and session.py answer all of these.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chat import commands as chat
from chat.commands import Command, Seq, ThreadTyping, Wire
from moderation import asking as staff
from moderation import commands as moderation
from orders import commands as orders

# No credential of ours or of a marketplace is longer, and a hello must fit 4 KiB anyway.
Secret = Annotated[str, StringConstraints(max_length=8192)]
Label = Annotated[str, StringConstraints(max_length=200)]


class Client(Wire):
    """Which program speaks; for people who read logs, never decided upon."""

    name: Label = ""
    version: Label = ""


class Resume(Wire):
    """Where a returning client stands in each thread. Threads beyond the subscription limit are refused one by one."""

    epoch: Label | None = None
    threads: dict[str, Seq] = Field(default_factory=dict)


class Hello(Wire):
    """The first frame and only that: who it is, and where it stood when it was last here."""

    type: Literal["hello"]
    ticket: Secret | None = None
    token: Secret | None = None
    client: Client = Client()
    resume: Resume | None = None


class Pong(Wire):
    """Everything sent before ping `n` has been processed."""

    type: Literal["pong"]
    n: Seq


class AuthRefresh(Command):
    """A newer credential of the same person, before the old one expires."""

    type: Literal["auth.refresh"]
    ticket: Secret | None = None
    token: Secret | None = None


Frame = Command | ThreadTyping | Hello | Pong

COMMANDS: dict[str, type[Command | ThreadTyping]] = {
    "auth.refresh": AuthRefresh,
    "thread.subscribe": chat.ThreadSubscribe,
    "thread.unsubscribe": chat.ThreadUnsubscribe,
    "thread.history": chat.ThreadHistory,
    "thread.snapshot": chat.ThreadSnapshot,
    "thread.list": chat.ThreadList,
    "thread.read": chat.ThreadRead,
    "thread.delivered": chat.ThreadDelivered,
    "thread.typing": chat.ThreadTyping,
    "thread.mute": chat.ThreadMute,
    "thread.archive": chat.ThreadArchive,
    "thread.leave": chat.ThreadLeave,
    "message.send": chat.MessageSend,
    "message.check": chat.MessageCheck,
    "message.edit": chat.MessageEdit,
    "message.redact": chat.MessageRedact,
    "message.report": chat.MessageReport,
    "offer.make": orders.OfferMake,
    "offer.withdraw": orders.OfferWithdraw,
    "offer.decline": orders.OfferDecline,
    "offer.accept": orders.OfferAccept,
    "offer.request": orders.OfferRequest,
    "order.start": orders.OrderStart,
    "order.decline": orders.OrderDecline,
    "order.withdraw": orders.OrderWithdraw,
    "order.deliver": orders.OrderDeliver,
    "order.close": orders.OrderClose,
    "order.request_revision": orders.OrderRequestRevision,
    "order.accept_revision": orders.OrderAcceptRevision,
    "order.refuse_revision": orders.OrderRefuseRevision,
    "order.cancel": orders.OrderCancel,
    "proposal.make": orders.ProposalMake,
    "proposal.accept": orders.ProposalAccept,
    "proposal.decline": orders.ProposalDecline,
    "proposal.withdraw": orders.ProposalWithdraw,
    "support.open": orders.SupportOpen,
    "support.resolve": orders.SupportResolve,
    "claim.file": orders.ClaimFile,
    "claim.withdraw": orders.ClaimWithdraw,
    "review.write": orders.ReviewWrite,
    "review.reply": orders.ReviewReply,
    "review.contest": orders.ReviewContest,
    "moderation.watch": chat.ModerationWatch,
    "moderation.feed": chat.ModerationFeed,
    "moderation.queue": moderation.ModerationQueue,
    "moderation.take_item": moderation.ModerationTakeItem,
    "moderation.put_back": moderation.ModerationPutBack,
    "moderation.settle": moderation.ModerationSettle,
    "moderation.case": moderation.ModerationCase,
    "moderation.note": chat.ModerationNote,
    "moderation.release_message": staff.ModerationReleaseMessage,
    "moderation.reject_message": staff.ModerationRejectMessage,
    "moderation.freeze": orders.ModerationFreeze,
    "moderation.resolve": orders.ModerationResolve,
    "moderation.reject_claim": orders.ModerationRejectClaim,
    "moderation.rule_review": orders.ModerationRuleReview,
    "moderation.replay": orders.ModerationReplay,
    "moderation.suspend": staff.ModerationSuspend,
    "moderation.reinstate": staff.ModerationReinstate,
    "moderation.warn": staff.ModerationWarn,
    "moderation.rule_appeal": staff.ModerationRuleAppeal,
    "moderation.appeals": staff.ModerationAppeals,
    "moderation.policies": staff.ModerationPolicies,
    "moderation.audit": staff.ModerationAudit,
    "decision.list": staff.DecisionList,
    "decision.appeal": staff.DecisionAppeal,
}

FRAMES: dict[str, type[Frame]] = {"hello": Hello, "pong": Pong, **COMMANDS}
