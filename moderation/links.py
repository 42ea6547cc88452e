"""The signed links to a statement of reasons: whoever has one may read that statement and appeal, without a sign-in.

A suspended person has no other way. A link names one person and one decision, and can do no more than that.
"""

from typing import Any

from django.conf import settings
from django.core import signing

from moderation.decisions import statement
from moderation.models import Decision

_signer = signing.Signer(salt="moderation.links")


def link(user: str, decision: str) -> str:
    """The address of the statement."""
    return f"{settings.PUBLIC_URL}/decisions/{_signer.sign_object([user, decision])}"


def read(token: str) -> tuple[str, str] | None:
    """(user, decision) of a link; None for one that we did not make."""
    try:
        said: Any = _signer.unsign_object(token)
        user, decision = said
        return str(user), str(decision)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def shown(user: str, decision: str) -> dict[str, Any] | None:
    """The statement as its person may read it; None where there is none."""
    row = Decision.objects.select_related("appeal__ruling").filter(pk=decision, user=user).first()
    return statement(row) if row else None
