"""Has whom staff's acts concern told with every write of the log, and orders stand still for the suspended.

Must never do anything else when loaded.
"""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        from chat import log
        from chat.jobs import handles
        from moderation import concerning, standstill

        log.join(concerning.tell)
        handles("suspension", outside=True)(standstill.suspended)
        handles("reinstatement", outside=True)(standstill.reinstated)
