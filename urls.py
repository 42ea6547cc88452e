"""Every address of the server but the socket's, which routing.py knows. Must never hold a view."""

from django.urls import include, path

from api import health
from api.application import api
from api.asyncapi import view as asyncapi
from api.doors import hung

routes, app, namespace = api.urls

urlpatterns = [
    path("api/asyncapi.json", asyncapi),
    path("api/", (hung(routes), app, namespace)),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("", include("notices.urls")),
    # Without a name space: allauth finds its pages by their bare names.
    path("staff/", include("web.signin")),
    path("", include("web.urls")),
]

handler400 = "api.problems.bad_request"
handler403 = "api.problems.permission_denied"
handler404 = "api.problems.page_not_found"
handler500 = "api.problems.server_error"
