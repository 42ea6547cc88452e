"""The addresses of the pages. Must never name an API route."""

from django.urls import path

from web import views

app_name = "web"
urlpatterns = [
    path("", views.page, name="page"),
    path("t/<str:thread>", views.page, name="thread"),
    path("demo/<str:who>", views.demo, name="demo"),
    path("sign-out", views.sign_out, name="sign-out"),
]
