"""Registers `manage.py docs` with Django. Must never do anything when loaded."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
