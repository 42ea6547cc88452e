"""Registers the pages with Django. Must never do anything when loaded."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "web"
