"""What a browser may do with our pages: the Content-Security-Policy and its kin.

Must never allow inline code, eval, or anything from another host: messages are strangers' text.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")


def content_security_policy(host: str, secure: bool, forms: str = "") -> str:
    # Older Safari does not count the WebSocket of the same host as 'self'.
    socket = f"{'wss' if secure else 'ws'}://{host}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            f"connect-src 'self' {socket}",
            "font-src 'self'",
            "base-uri 'none'",
            f"form-action 'self' {forms}".strip(),
            "frame-ancestors 'none'",
        )
    )


View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def guarded(view: View[P], *, forms: str = "") -> View[P]:
    """Wrap a view so that its page leaves with the headers above. `forms`: where else its forms may lead."""

    @wraps(view)
    def with_headers(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Content-Security-Policy"] = content_security_policy(request.get_host(), request.is_secure(), forms)
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response["Cache-Control"] = "no-store"
        return response

    return with_headers
