"""ASGI: http to Django, websocket to consumers; nothing else."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
http = get_asgi_application()

# The consumers need Django's apps, which the line above has loaded.
from consumers.house import open_house  # noqa: E402
from consumers.socket import Socket  # noqa: E402

websocket = Socket.as_asgi()


async def application(scope, receive, send):  # type: ignore[no-untyped-def]
    """The server's one application; the first call opens the hub of this process."""
    open_house()
    await (websocket if scope["type"] == "websocket" else http)(scope, receive, send)
