"""The demo's page of all letters, in both languages, as text and HTML. Outside the demo it is not there."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chat.rules import Role
from notices.kinds import NOTICES
from notices.samples import names, sample

PAGE = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
# Letters have their style inline, as mail programs want it; they run nothing.
LETTER = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


@require_safe
def all_letters(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    languages = dict(settings.LANGUAGES)
    shown = [
        {
            "notice": notice,
            "role": role.value,
            "switch": NOTICES[notice],
            "letters": [{"language": each, "letter": sample(notice, role, each)} for each in languages],
        }
        for notice, role in names()
    ]
    response = render(request, "notices/gallery.html", {"shown": shown})
    response["Content-Security-Policy"] = PAGE
    return response


@require_safe
def one_letter(request: HttpRequest, notice: str, role: str, language: str) -> HttpResponse:
    """The HTML of one letter by itself, for a frame."""
    known = (notice, role) in {(name, party.value) for name, party in names()}
    if not settings.DEMO or not known or language not in dict(settings.LANGUAGES):
        raise Http404
    response = HttpResponse(sample(notice, Role(role), language).html)
    response["Content-Security-Policy"] = LETTER
    return response
