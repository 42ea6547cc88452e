"""What a person switched off, and the signed links that say who wants what (RFC 8058). E-mails only.

A link needs no sign-in, so it can do no more than turn one switch of one person. It never runs out: whoever finds an
old letter may still want no more of them.
"""

from typing import Any

from django.conf import settings
from django.core import signing

from notices.kinds import Switch
from notices.models import SwitchedOff

_signer = signing.Signer(salt="notices.switch")


def is_off(user: str, switch: Switch) -> bool:
    return SwitchedOff.objects.filter(user=user, switch=switch).exists()


def turn(user: str, switch: Switch, *, off: bool) -> None:
    """Turn a switch; twice is as good as once."""
    if off:
        SwitchedOff.objects.get_or_create(user=user, switch=switch)
    else:
        SwitchedOff.objects.filter(user=user, switch=switch).delete()


def link(user: str, switch: Switch) -> str:
    """The address that turns this switch."""
    return f"{settings.PUBLIC_URL}/letters/{_signer.sign_object([user, switch.value])}"


def read(token: str) -> tuple[str, Switch] | None:
    """Whose switch a link turns; None for a link that we did not make."""
    try:
        said: Any = _signer.unsign_object(token)
        user, switch = said
        return str(user), Switch(switch)
    except (signing.BadSignature, ValueError, TypeError):
        return None
