"""The app of moderation's rows. Must never do anything when loaded."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"
