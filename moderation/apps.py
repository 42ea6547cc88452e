"""The app of moderation's rows. Must never do more when loaded than say who hears of what allauth does."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_out

        from moderation import signin

        authenticator_added.connect(signin.added, dispatch_uid="second factor")
        user_logged_out.connect(signin.left, dispatch_uid="sockets")
