"""What may be asked of staff's measures against people, of decisions, appeals and records: a closed list of commands.

Pure: must never import Django. Here stands only what makes a command readable.
"""

from typing import Annotated, Literal

from pydantic import StringConstraints

from chat.commands import Command, Limit, Name, ThreadCommand

Cursor = Annotated[str, StringConstraints(max_length=200)]


class ModerationReleaseMessage(ThreadCommand):
    """`target` is the name that its author's `held` said."""

    type: Literal["moderation.release_message"]
    target: Name


class ModerationRejectMessage(ThreadCommand):
    type: Literal["moderation.reject_message"]
    target: Name
    reason: str


class ModerationSuspend(Command):
    type: Literal["moderation.suspend"]
    user: Name
    reason: str


class ModerationReinstate(Command):
    type: Literal["moderation.reinstate"]
    user: Name
    reason: str


class ModerationWarn(Command):
    """`thread`: where it was, one of the person's own."""

    type: Literal["moderation.warn"]
    user: Name
    reason: str
    thread: Name | None = None


class ModerationRuleAppeal(Command):
    type: Literal["moderation.rule_appeal"]
    appeal: Name
    outcome: Literal["upheld", "overturned"]
    reason: str


class ModerationAudit(Command):
    """Staff's records, the newest first: a lead's of everybody, a moderator's own."""

    type: Literal["moderation.audit"]
    user: Name | None = None
    thread: Name | None = None
    cursor: Cursor | None = None
    limit: Limit = 50


class ModerationAppeals(Command):
    """What waits for a lead's ruling, the longest waiting first, with the appeal's words and the decision's reason."""

    type: Literal["moderation.appeals"]
    cursor: Name | None = None
    limit: Limit = 50


class ModerationPolicies(Command):
    """The rules by which this marketplace runs, for a lead."""

    type: Literal["moderation.policies"]


class DecisionList(Command):
    """The statements of reasons to the person who asks, the newest first."""

    type: Literal["decision.list"]
    cursor: Name | None = None
    limit: Limit = 50


class DecisionAppeal(Command):
    type: Literal["decision.appeal"]
    decision: Name
    text: str
