"""The pages: the conversations, a landing for strangers, the demo's doors.

Must never read a row or decide a right: who is signed in stands in the session, all else comes through the socket.
"""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from moderation import sessions
from notices.push import vapid
from web.headers import guarded
from web.modules import MODULES
from web.people import PEOPLE

PUSH_WORKER = Path(__file__).with_name("push-worker.js")


@require_safe
@ensure_csrf_cookie
@guarded
def page(request: HttpRequest, thread: str = "") -> HttpResponse:
    user = request.session.get("user")
    if not user:
        people = PEOPLE.values() if settings.DEMO else ()
        return render(request, "web/landing.html", {"people": people, "next": request.path})
    person = {
        "user": user,
        "name": request.session.get("name") or user,
        "role": request.session.get("role", ""),
    }
    told = {"person": person, "modules": MODULES, "push_key": vapid.public_key()}
    return render(request, "web/page.html", told)


@require_safe
@guarded
def push_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows pushes while no page is open; its own headers are its policy, not the page's."""
    return HttpResponse(PUSH_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


@require_safe
def demo(request: HttpRequest, who: str) -> HttpResponse:
    """Sign in as one of the demo's people, without a password: hence in the demo only."""
    person = PEOPLE.get(who)
    if not settings.DEMO or person is None:
        raise Http404
    # Nothing of the person before may survive, and a session id known to someone else must not become theirs.
    request.session.flush()
    sessions.name(request.session, person.user, person.role, person.name)
    rotate_token(request)
    wanted = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return redirect(wanted if safe else "/")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    sessions.leave(request.session)
    request.session.flush()
    return redirect("/")
