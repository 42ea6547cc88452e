"""JSON in and out. Bodies are read as strictly as frames (protocol.md §2); must never be guessed at.

Views answer with what the services said; it is not validated again: tests hold it against the models.
"""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja.parser import Parser

from chat.refusals import Refused
from consumers import wire


def body_of(request: HttpRequest) -> bytes:
    """The body, at most a frame long. Raises Refused too_large."""
    limit = settings.ENV.max_frame_bytes
    try:
        body = request.body
    except RequestDataTooBig:
        body = None
    if body is None or len(body) > limit:
        raise Refused("too_large", f"A body has {limit} bytes at most.", limit=limit)
    return body


class StrictParser(Parser):
    """No duplicate keys, NaN, deep nesting or huge integers, whatever the content type says."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        return wire.parse(body_of(request))


def reply(said: dict[str, Any], status: int = 200) -> HttpResponse:
    """What a service said, as JSON."""
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, status=status, content_type="application/json")
