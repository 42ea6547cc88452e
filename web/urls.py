"""The addresses of the pages. Must never name an API route."""

from django.urls import path

from web import console, views

app_name = "web"
urlpatterns = [
    path("", views.page, name="page"),
    path("t/<str:thread>", views.page, name="thread"),
    path("demo/<str:who>", views.demo, name="demo"),
    # At the root: a worker serves the addresses below its own.
    path("push-worker.js", views.push_worker, name="push-worker"),
    path("console", console.console, name="console"),
    path("console/<path:rest>", console.console),
    path("staff/here", console.here, name="here"),
    path("sign-out", views.sign_out, name="sign-out"),
]
