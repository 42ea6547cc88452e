"""The addresses of notices: the pages behind letters' links, and the demo's page of all letters."""

from django.urls import path

from notices import gallery, statements, views

app_name = "notices"
urlpatterns = [
    path("letters/<str:token>", views.switch, name="switch"),
    path("decisions/<str:token>", statements.statement, name="statement"),
    path("demo/letters", gallery.all_letters, name="letters"),
    path("demo/letters/<str:notice>/<str:role>/<str:language>", gallery.one_letter, name="letter"),
]
