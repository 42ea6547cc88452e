"""Has notices written with every write of the log, and what is caught done by states that there are. Else nothing."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self) -> None:
        from chat import log
        from chat.catching.conduct import conduct
        from orders import telling
        from orders.process import fit_states

        fit_states(conduct.states)
        log.join(telling.tell)
