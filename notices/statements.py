"""The page behind a letter's link to a decision: the statement of reasons, and the one appeal, without a sign-in.

Must never need a script or a session, nor say who decided. The signed address is the right: it is sent to nobody else.
"""

from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from chat import people
from chat.refusals import Refused
from moderation import appeals, links
from notices.amounts import moment
from notices.facts import time_of
from notices.letters import language_of
from notices.views import guarded
from notices.words.decisions import MEASURES
from notices.words.words import _

# Of one address, in each process.
KNOCKS_PER_MINUTE = 60
OUTCOMES = {
    "upheld": _("The decision stands."),
    "overturned": _("The decision was overturned."),
}
FLAWS = {
    "text_invalid": _("Please write why you do not agree."),
    "too_large": _("Please write 4000 characters at most."),
}


@csrf_exempt  # As of the switch: the signed address is the right, and the person has no session.
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the statement; POST takes the appeal (`text`) and leads back."""
    if _too_often(request.META.get("REMOTE_ADDR", "")):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    meant = links.read(token)
    said = links.shown(*meant) if meant else None
    if meant is None or said is None:
        raise Http404
    person = people.find(meant[0])
    with translation.override(language_of(person.locale if person else "")):
        flaw = ""
        if request.method == "POST":
            try:
                appeals.by_link(*meant, request.POST.get("text", ""))
                return redirect(request.path)
            except Refused as refused:
                flaw = gettext(FLAWS[refused.code]) if refused.code in FLAWS else ""
                said = links.shown(*meant) or said
        return guarded(render(request, "notices/statement.html", _told(said, flaw, request.POST.get("text", ""))))


def _told(said: dict[str, Any], flaw: str, text: str) -> dict[str, Any]:
    appeal, until = said.get("appeal"), _moment(said.get("appeal_until"))
    return {
        "language": translation.get_language(),
        "heading": gettext("A decision of the moderators"),
        "measure": gettext(MEASURES.get(said["act"], MEASURES[""])),
        "made": gettext("Decided on %(at)s.") % {"at": _moment(said["at"])},
        "why": gettext("The reason"),
        "reason": said["reason"],
        "appealed": gettext("Your appeal") if appeal else "",
        "appeal": appeal,
        "ruling": gettext(OUTCOMES[appeal["outcome"]]) if appeal and "outcome" in appeal else "",
        "waits": gettext("Somebody who did not take the decision will look at it. You will get an e-mail."),
        "how": gettext("You can appeal once, until %(until)s.") % {"until": until} if until and not appeal else "",
        "label": gettext("Why do you not agree?"),
        "button": gettext("Appeal"),
        "flaw": flaw,
        "text": text,
    }


def _moment(said: object) -> str:
    at = time_of(said)
    return moment(at) if at else ""


def _too_often(address: str) -> bool:
    key = f"statement:{address}"
    cache.add(key, 0, 60)
    try:
        return cache.incr(key) > KNOCKS_PER_MINUTE
    except ValueError:
        # It ran out between the two.
        return False
