"""`moderation.policies`: by which rules this marketplace runs, for leads. They are set by who runs it (`profiles/`).

Must never change one: what holds is what every process was started with.
"""

from typing import Any

from django.conf import settings

from chat import policy as conversation
from chat import staff
from chat.actors import Actor
from chat.catching.conduct import conduct
from chat.catching.kinds import KINDS
from moderation.asking import ModerationPolicies
from orders import policy as trade


def policies(actor: Actor, command: ModerationPolicies) -> dict[str, Any]:
    """{profile, catching: {kinds, states, exempt}, trade, conversation}. Raises Refused wrong_role."""
    staff.admit(actor, command.type)
    return {
        "profile": settings.ENV.profile,
        "catching": {
            "kinds": {kind: getattr(conduct, kind).value for kind in KINDS},
            "states": {
                state: kinds.model_dump(mode="json", exclude_none=True) for state, kinds in conduct.states.items()
            },
            "exempt": sorted(conduct.exempt),
        },
        "trade": trade.policy.model_dump(mode="json"),
        "conversation": conversation.policy.model_dump(mode="json"),
    }
