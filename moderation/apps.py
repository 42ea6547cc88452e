"""Has whom staff's acts concern told with every write of the log, orders stand still for the suspended, sockets end.

Must never do anything else when loaded.
"""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_out

        from chat import log
        from chat.jobs import handles
        from moderation import concerning, signin, standstill

        authenticator_added.connect(signin.added, dispatch_uid="second factor")
        user_logged_out.connect(signin.left, dispatch_uid="sockets")
        log.join(concerning.tell)
        handles("suspension", outside=True)(standstill.suspended)
        handles("reinstatement", outside=True)(standstill.reinstated)
