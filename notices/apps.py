"""Registers the models, templates and translations of notices with Django, and who delivers them."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        from chat.jobs import handles
        from notices.delivery import deliver

        handles("notice", outside=True)(deliver)
