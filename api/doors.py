"""What stands before every route, whatever it does: the Origin rule and the shape of a wrong method.

Must never look at a credential or a body: api/credentials.py and the routes do.
"""

from collections.abc import Awaitable, Callable, Iterable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from api.problems import problem
from chat.refusals import Refused

View = Callable[..., Awaitable[HttpResponse]]


def hung(patterns: Iterable[Any]) -> list[Any]:
    """The routes of the API with the door hung before each."""
    routes = list(patterns)
    for route in routes:
        if isinstance(route, URLPattern) and iscoroutinefunction(route.callback):
            route.callback = door(route.callback)
    return routes


def door(view: View) -> View:
    @wraps(view)
    async def through(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_allowed(request.headers.get("Origin")):
            return forbidden("This Origin is not in the server's list.")
        response = await view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = response["Allow"]
            response = problem(Refused("bad_request", f"This address takes {allowed} only."), 405)
            response["Allow"] = allowed
        # Answers are one person's, and of one moment.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return through


def is_allowed(origin: str | None) -> bool:
    """The Origin rule of protocol.md §3: where present, exactly one of the list."""
    return origin is None or origin in settings.ALLOWED_ORIGINS


def forbidden(why: str) -> HttpResponse:
    """403 for a request that no page of ours made: a new page, signed in, would do better."""
    return problem(Refused("unauthenticated", why), 403)
