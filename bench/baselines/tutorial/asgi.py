"""The tutorial's asgi.py. Daphne's command line loads it."""

import os
from typing import Any, cast

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.baselines.tutorial.settings")
django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402 - models exist only from here on
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import re_path  # noqa: E402

from bench.baselines.tutorial.consumers import ChatConsumer  # noqa: E402

urlpatterns: list[object] = []
# As in the tutorial; only Django's types do not know that a pattern may lead to a consumer.
websocket_urlpatterns: Any = [re_path(r"ws/chat/(?P<room_name>\w+)/$", cast(Any, ChatConsumer.as_asgi()))]
application = ProtocolTypeRouter(
    {"http": django_application, "websocket": AuthMiddlewareStack(URLRouter(websocket_urlpatterns))}
)
