"""The page behind the link in a letter that switches letters off (RFC 8058).

A look changes nothing: programs of the post open links. Must never ask for a sign-in, nor say whose switch it is.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from chat import people
from notices import preferences
from notices.kinds import Switch
from notices.letters import language_of
from notices.words.words import _

ABOUT = {
    Switch.MESSAGES: _("E-mails about new messages"),
    Switch.OFFERS: _("Reminders of offers that end soon"),
    Switch.REVIEWS: _("Reminders to leave a review"),
}
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


@csrf_exempt  # The signed link is the right; the person's own mail program posts to it, without a cookie.
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the switch; POST turns it off, or on again with `on=1`."""
    meant = preferences.read(token)
    if meant is None:
        raise Http404
    user, which = meant
    person = people.find(user)
    if request.method == "POST" and person:
        preferences.turn(user, which, off="on" not in request.POST)
    off = person is None or preferences.is_off(user, which)
    language = language_of(person.locale if person else "")
    with translation.override(language):
        said = {
            "language": language,
            "about": gettext(ABOUT[which]),
            "off": off,
            "state": gettext("You no longer get them.") if off else gettext("You get them at present."),
            "button": gettext("Send them again") if off else gettext("Switch them off"),
            "always": gettext("You are always told about the steps of your orders, money and deadlines."),
        }
        response = render(request, "notices/switch.html", said)
    return guarded(response)


def guarded(response: HttpResponse) -> HttpResponse:
    """The headers of a page whose address is a right: it runs nothing, is kept nowhere and told to nobody."""
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
