"""Who may knock at which route (protocol.md §3, §10): a service key, a user's token, or a page's session.

Must never fall back from one to another: a missing or wrong one is 401, a right one of the wrong kind 403.
"""

from typing import cast

from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from chat import identity
from chat.actors import Actor
from chat.identity import Credential
from chat.offload import in_database
from chat.refusals import Refused
from chat.servicekeys import SCOPES, Scope
from moderation import sessions


class ServiceKey(HttpBearer):
    """The host's backend, with a key that has the scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    async def authenticate(self, request: HttpRequest, token: str) -> Actor:
        try:
            return await in_database(identity.by_service_key, token, self.scope)
        except Refused as refused:
            if refused.code == "unauthenticated":
                await in_database(identity.by_token, token)
                raise Refused("wrong_role", "Only the host's service key may do this.") from None
            raise


class UserToken(HttpBearer):
    """A person with an access token; `suspended_too` leaves it to the route to refuse the suspended."""

    def __init__(self, *, suspended_too: bool = False) -> None:
        super().__init__()
        self.suspended_too = suspended_too

    async def authenticate(self, request: HttpRequest, token: str) -> Credential:
        try:
            return await in_database(identity.by_token, token, suspended_too=self.suspended_too)
        except Refused as refused:
            if refused.code == "unauthenticated":
                await in_database(identity.by_service_key, token, SCOPES[0])
                raise Refused("wrong_role", "A service key is nobody: use a user's token.") from None
            raise


class StaffOrHost(ServiceKey):
    """The host's backend or a person; whether the person is of staff, the service says."""

    async def authenticate(self, request: HttpRequest, token: str) -> Actor:
        try:
            return await in_database(identity.by_service_key, token, self.scope)
        except Refused as refused:
            if refused.code != "unauthenticated":
                raise
        return (await in_database(identity.by_token, token)).actor


class PageSession(APIKeyCookie):
    """A page's cookie, with Origin and CSRF token only, because browsers send cookies unasked."""

    param_name = "order_threads_session"

    async def __call__(self, request: HttpRequest) -> Credential | None:
        if "Origin" not in request.headers or "Authorization" in request.headers:
            return None
        user, key, until = await in_database(sessions.named, request)
        if not user:
            return None
        if check_csrf(request):
            raise ForgedError
        return await in_database(identity.by_session, user, key, until)

    def authenticate(self, request: HttpRequest, key: str | None) -> None:
        """Unused: a session is read by Django, not as a bare key."""


class ForgedError(Exception):
    """A request that a page of ours did not make: no CSRF token, or a foreign Origin."""


def credential(request: HttpRequest) -> Credential:
    return cast(Credential, request.auth)  # type: ignore[attr-defined]


def actor(request: HttpRequest) -> Actor:
    return credential(request).actor
