"""Every refusal over HTTP, in one shape: RFC 9457 `application/problem+json` (protocol.md §8).

Must never say more than the socket: `code`, `executed`, `retry`, `field`, `info`, `after_ms` are the same.
"""

import json
import logging
import math
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.views import defaults
from pydantic import BaseModel, Field

from chat.refusals import KINDS, Executed, Refused, Retry

CONTENT_TYPE = "application/problem+json"

logger = logging.getLogger(__name__)


class Problem(BaseModel):
    """Why a request was refused, whether it was executed, and what to do (protocol.md §8)."""

    type: str = Field(description="`urn:order-threads:problem:` and the code")
    title: str = Field(description="the code in words")
    status: int
    detail: str = Field(description="what was wrong with this request")
    code: Literal[tuple(KINDS)]  # type: ignore[valid-type]
    executed: Executed
    retry: Retry
    field: str | None = Field(None, description="the field at fault")
    info: dict[str, Any] | None = Field(None, description="what helps to do better; `state` is the order's")
    after_ms: int | None = Field(None, description="try again after so many milliseconds")


def problem(refused: Refused, status: int | None = None) -> HttpResponse:
    """The refusal as a response; `status` only where HTTP has a better one than the code's own."""
    body = refused.body()
    status = status or refused.kind.http
    said = {
        "type": f"urn:order-threads:problem:{refused.code}",
        "title": refused.kind.message,
        "status": status,
        "detail": body.pop("message"),
    }
    response = HttpResponse(json.dumps(said | body), status=status, content_type=CONTENT_TYPE)
    if refused.after_ms is not None:
        response["Retry-After"] = str(math.ceil(refused.after_ms / 1000))
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def of_fault(request: HttpRequest, fault: BaseException) -> HttpResponse:
    """A bug of ours: logged with its trace, and nothing of it told."""
    logger.error("%s %s failed", request.method, request.path, exc_info=fault)
    return problem(Refused("internal"))


def is_program(request: HttpRequest) -> bool:
    """Pages for people have errors for people."""
    return request.path.startswith("/api/")


# What Django refuses before or after a view (urls.py names these).


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_program(request):
        return problem(Refused("bad_request", "The Host header or the request line is not acceptable."))
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_program(request):
        return problem(Refused("wrong_role"))
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_program(request):
        return problem(Refused("not_found"))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if is_program(request):
        return problem(Refused("internal"))
    return defaults.server_error(request)
