"""Has notices written with every write of the log. Must never do anything else when loaded."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self) -> None:
        from chat import log
        from orders import telling

        log.join(telling.tell)
