"""The HTTP API put together: routes, and what becomes of whatever they raise. Must never hold a rule."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation

from api import can, clock, evidence, openapi, orders, push, threads, tickets, users
from api.bodies import StrictParser
from api.credentials import ForgedError
from api.docs_page import guarded
from api.doors import forbidden
from api.problems import of_fault, problem
from chat.refusals import Refused

ABOUT = "Conversations of orders. Every refusal is a problem (RFC 9457) that says what to do about it."


class Api(NinjaAPI):
    """Ninja's, with the document finished by api/openapi.py."""

    def get_openapi_schema(self, **options: Any) -> Any:
        return openapi.finish(super().get_openapi_schema(**options))

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = Api(
    title="Order Threads",
    version="1",
    description=ABOUT,
    urls_namespace="api",
    parser=StrictParser(),
    docs_decorator=guarded,
)
for part in (users, orders, can, clock, threads, evidence, tickets, push):
    api.add_router("/v1", part.router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, raised: Refused) -> HttpResponse:
    return problem(raised)


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, raised: RequestDataTooBig) -> HttpResponse:
    return problem(Refused("too_large"))


@api.exception_handler(ForgedError)
def forged(request: HttpRequest, raised: ForgedError) -> HttpResponse:
    return forbidden("The CSRF token is missing or wrong.")


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, raised: AuthenticationError) -> HttpResponse:
    return problem(Refused("unauthenticated"))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, raised: HttpError) -> HttpResponse:
    """Ninja hides what its parser raised, which is ours, behind an error of its own."""
    cause = raised.__cause__
    return problem(cause if isinstance(cause, Refused) else Refused("bad_frame"))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, raised: ValidationError) -> HttpResponse:
    """The first flaw, named by the field as the client wrote it."""
    first = raised.errors[0]
    source, *path = first["loc"]
    if source == "body":
        # The parameter's name, and the tag of a union: the client wrote neither.
        path = [part for part in path[1:] if part not in push.TAGS]
        if first["type"].startswith("union_tag"):
            path = [first["ctx"]["discriminator"].strip("'")]
    field = ".".join(map(str, path)) or None
    return problem(Refused("bad_request", f"{field or 'The body'}: {first['msg']}", field=field))


@api.exception_handler(Exception)
def failed(request: HttpRequest, raised: Exception) -> HttpResponse:
    return of_fault(request, raised)
