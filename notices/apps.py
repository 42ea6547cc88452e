"""Registers the models, templates and translations of notices with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"
