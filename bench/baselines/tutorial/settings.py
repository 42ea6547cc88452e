"""Settings of the tutorial's project: what the tutorial has, PostgreSQL, and persistent connections."""

import os
from urllib.parse import urlsplit

_database = urlsplit(os.environ.get("DATABASE_URL", "postgresql://postgres@127.0.0.1/postgres"))

SECRET_KEY = os.environ.get("SECRET_KEY", "for the bench only")
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "channels",
    "bench.baselines.tutorial",
]
ASGI_APPLICATION = "bench.baselines.tutorial.asgi.application"
ROOT_URLCONF = "bench.baselines.tutorial.asgi"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.path.removeprefix("/"),
        "USER": _database.username,
        "HOST": _database.hostname,
        "PORT": _database.port,
        "CONN_MAX_AGE": 60,
    }
}
# Without the timeout's end, redis-py 8 has the layer close every socket that is idle for 5 s.
_HOST = {"address": os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0"), "socket_timeout": None}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        # All sockets of a process share one queue: with the default of 100 every seventh message of the closed loop
        # is dropped without a word. Raised in the tutorial's favour, so that all it does counts.
        "CONFIG": {"hosts": [_HOST], "capacity": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
