"""The console of moderators: one page, for staff only, behind a second factor; all it shows comes through the socket.

Must never open for a session that has not shown a second factor; what a moderator may do, the commands decide.
"""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from moderation import accounts, sessions, signin
from web.headers import guarded
from web.modules import reached_from

MODULES = reached_from("web/console/main.js")


@require_safe
@ensure_csrf_cookie
@guarded
def console(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The page, at every address below it; or the next step on the way in."""
    session = request.session
    if "since" not in session and request.user.is_authenticated:
        if not signin.proved_twice(request):
            return redirect("mfa_index")
        person = accounts.person_of(request.user)
        if person is None:
            raise Http404
        sessions.begin(session, person)
    user, _, _ = sessions.named(request)
    if not user:
        return redirect_to_login(request.get_full_path())
    if session.get("role") not in sessions.STAFF:
        raise Http404
    told = {"user": user, "name": session["name"], "role": session["role"], "since": "since" in session}
    return render(request, "web/console.html", {"person": told, "modules": MODULES, "demo": settings.DEMO})


@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """Somebody pressed a key: their session lasts on. 401 where it has ended already."""
    if not sessions.named(request)[0]:
        return HttpResponse(status=401)
    if "since" in request.session:
        sessions.seen(request.session)
    return HttpResponse(status=204)
