"""The addresses of notices: the switch behind letters' links, and the demo's page of all letters."""

from django.urls import path

from notices import gallery, views

app_name = "notices"
urlpatterns = [
    path("letters/<str:token>", views.switch, name="switch"),
    path("demo/letters", gallery.all_letters, name="letters"),
    path("demo/letters/<str:notice>/<str:role>/<str:language>", gallery.one_letter, name="letter"),
]
