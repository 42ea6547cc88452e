"""What allauth asks us: nobody signs up, secrets are kept sealed, a second factor counts, an end ends sockets too.

Must never let anybody in who has no account made by `manage.py staff`.
"""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from moderation import sessions


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class Outside(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Whom another house signs in: only those whose e-mail, vouched for there, is that of staff here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of second factors sealed: a copy of the database alone makes no codes."""

    def encrypt(self, text: str) -> str:
        return seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return seal().decrypt(encrypted_text.encode()).decode()


def seal() -> Fernet:
    key = hashlib.sha256(b"order-threads second factor\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def proved_twice(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor, or was begun with a passkey, which is both."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def added(sender: Any, request: HttpRequest, user: Any, authenticator: Any, **more: Any) -> None:
    """Who sets up a second factor has shown it by that; recovery codes are made, not shown."""
    if authenticator.type != authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def left(sender: Any, request: HttpRequest, **more: Any) -> None:
    """Signed out by whatever page: the sockets of the session end as well (I12)."""
    sessions.leave(request.session)
