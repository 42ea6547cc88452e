"""Django's settings, all from the environment (docs/configuration.md). Unsafe values refuse to start.

Must never hold a secret or a number of the trade: those are in the environment and in orders/policy.py.
"""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from moderation.environment import APPS, StaffSignIn, checked_sign_in, sign_in_settings
from moderation.environment import MIDDLEWARE as SIGN_IN_MIDDLEWARE
from notices.environment import Channels, checked, mail_settings, public_url, sender

BASE_DIR = Path(__file__).resolve().parent


class Environment(BaseSettings):
    """Every variable the server reads, except POLICY_… An empty value is an unset one."""

    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True)

    database_url: str = Field("sqlite:///order-threads.sqlite3", description="sqlite:///FILE or postgresql://…")
    redis_url: str = Field("", description="needed for more than one process or host")
    secret_key: str = Field("", description="signs sessions; 32 characters at least")
    evidence_key: str = Field(
        "", pattern=r"^([\w-]{43})?$", description="seals evidence: 32 bytes as base64url; empty: made of SECRET_KEY"
    )
    service_key: str = Field("", description="bootstrap key of the host's backend, `sk_…`")
    jwt_secret: str = Field("", description="HS256 secret shared with the host; 32 characters at least")
    jwt_jwks: str = Field("", description="file or URL of the host's public keys (RS256, ES256, EdDSA)")
    jwt_issuer: str = Field("order-threads", description="expected `iss`")
    jwt_audience: str = Field("order-threads", description="expected `aud`")
    allowed_hosts: str = Field("localhost,127.0.0.1,[::1]", description="Host headers served, comma-separated")
    allowed_origins: str = Field("", description="exact Origins; empty: the server's own loopback addresses")
    profile: str = Field("default", description="the marketplace's rules: a file of `profiles/`, without its `.toml`")
    payment: Literal["sandbox", "host"] = Field("sandbox", description="who says that an accepted offer was paid")
    port: int = Field(8000, description="the port that `serve` listens on")
    demo: bool = Field(False, description="sign-in links for the demo's people; never in production")
    debug: bool = Field(False, description="Django's DEBUG; never in production")
    https: bool = Field(False, description="served behind TLS: secure cookies, HSTS")
    test_clock: bool = Field(False, description="POST /api/v1/clock may move trade time; never in production")
    unlimited_writes: bool = Field(False, description="lifts the write rate for load tests")
    webhook_allow_private: bool = Field(False, description="lets webhooks reach private addresses")
    max_sockets_per_user: int = Field(10, ge=1, description="the next one is closed 4102")
    max_hellos_per_address: int = Field(20, ge=1, description="sockets before `hello` from one address")
    hello_timeout_s: float = Field(5, gt=0, description="then 4100")
    max_frame_bytes: int = Field(32 * 1024, ge=1024, description="frame in, then 4005")
    max_hello_bytes: int = Field(4 * 1024, ge=256, description="first frame, then 4005")
    max_frame_out_bytes: int = Field(64 * 1024, ge=8192, description="frame out")
    window_bytes: int = Field(128 * 1024, ge=65536, description="entries not yet acknowledged by a pong")
    window_frames: int = Field(256, ge=16, description="entry frames not yet acknowledged by a pong")
    probe_bytes: int = Field(32 * 1024, ge=1024, description="a ping after so many bytes of entries")
    probe_frames: int = Field(64, ge=1, description="a ping after so many frames of entries")
    replay_entries: int = Field(500, ge=1, description="further behind: snapshot and history")
    max_subscriptions: int = Field(200, ge=1, description="threads per socket")
    writes_per_second: float = Field(5, gt=0, description="per user, across sockets, processes and HTTP")
    writes_burst: int = Field(20, ge=1, description="writes at once per user")
    max_running: int = Field(16, ge=1, description="commands running per socket")
    max_waiting: int = Field(64, ge=0, description="commands waiting per socket, then 4103")
    typing_interval_s: float = Field(3, ge=0, description="one `thread.typing` per thread in so many seconds")
    max_bad_frames: int = Field(3, ge=1, description="answered, then 4000")
    heartbeat_interval_s: float = Field(25, gt=0, description="between pings, ±10 %")
    heartbeat_timeout_s: float = Field(15, gt=0, description="missing pong, nothing outstanding: 4202")
    slow_reader_timeout_s: float = Field(30, gt=0, description="missing pong, data outstanding: 4203")
    job_lease_s: float = Field(30, gt=0, description="a job belongs to the worker that took it for so long")
    job_attempts: int = Field(10, ge=1, description="then a job is a dead letter, until it is replayed")
    job_backoff_s: float = Field(5, ge=0, description="before a failed job's second attempt; doubles, an hour at most")
    max_age_hours: float = Field(12, gt=2, description="age of a socket, ± 2 h, then 4206")


try:
    ENV, CHANNELS, SIGN_IN = Environment(), checked(Channels()), StaffSignIn()
except ValidationError as fault:
    wrong = "; ".join(f"{str(e['loc'][0]).upper()}: {e['msg']}" for e in fault.errors())
    raise ImproperlyConfigured(f"The environment is not right: {wrong}") from None

TRYING = ENV.demo or ENV.test_clock
SIGN_IN = checked_sign_in(SIGN_IN, trying=TRYING)


def database(url: str) -> dict[str, Any]:
    """Read DATABASE_URL (RFC 3986). Raises ImproperlyConfigured for an engine we do not prove."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(url.split("://", 1)[1].removeprefix("/"))
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name if name.startswith("/") else BASE_DIR / name,
            "CONN_MAX_AGE": None,
            # IMMEDIATE: with the default, contended read-then-write transactions fail whatever the timeout.
            # FULL: an acknowledged entry is on the disk (protocol.md G1). Recursive triggers: or REPLACE would get
            # around what refuses to delete a record.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA recursive_triggers=ON;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "connect_timeout": 5,
                # A held lock must become `busy`, not a stalled socket; a statement that hangs, `unavailable`.
                "options": "-c lock_timeout=4000 -c statement_timeout=8000 -c timezone=UTC",
            },
        }
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgresql://")


def secret(value: str, name: str) -> str:
    """Refuse a guessable secret (RFC 7518 §3.2 asks 256 bits of an HS256 key)."""
    if len(value) >= 32 or TRYING:
        return value
    raise ImproperlyConfigured(f"{name} needs 32 characters at least; try: openssl rand -hex 32")


def kept_secret() -> str:
    """For a first try on SQLite: one secret made once and kept beside the database, readable by its owner only."""
    if not ENV.database_url.startswith("sqlite"):
        raise ImproperlyConfigured("SECRET_KEY is needed; try: openssl rand -hex 32")
    file = BASE_DIR / "order-threads.secret"
    with suppress(FileExistsError), os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as fresh:
        fresh.write(secrets.token_hex(32))
    return file.read_text().strip()


SECRET_KEY = secret(ENV.secret_key, "SECRET_KEY") if ENV.secret_key else kept_secret()
# Signing self-issued tokens must not need the host's secret; derived, so that one leak is not two.
JWT_SECRET = (
    secret(ENV.jwt_secret, "JWT_SECRET")
    if ENV.jwt_secret
    else hashlib.sha256(b"order-threads token\0" + SECRET_KEY.encode()).hexdigest()
)
DEMO = ENV.demo
DEBUG = ENV.debug
ALLOWED_HOSTS = [host.strip() for host in ENV.allowed_hosts.split(",")]
ALLOWED_ORIGINS = frozenset(
    origin.strip().rstrip("/") for origin in ENV.allowed_origins.split(",") if origin.strip()
) or frozenset({f"http://localhost:{ENV.port}", f"http://127.0.0.1:{ENV.port}"})
if "*" in ALLOWED_HOSTS and not TRYING:
    raise ImproperlyConfigured("ALLOWED_HOSTS=* lets anyone forge links; name the hosts")
if "*" in ALLOWED_ORIGINS:
    raise ImproperlyConfigured("ALLOWED_ORIGINS takes exact origins, never *")

DATABASES = {"default": database(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "ninja",
    "chat",
    "orders",
    "moderation",
    "notices",
    "consumers",
    "api",
    # Before allauth: its pages in our look.
    "web",
    *APPS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    *SIGN_IN_MIDDLEWARE,
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
ROOT_URLCONF = "urls"
ASGI_APPLICATION = "routing.application"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGES = [("en", "English"), ("fr", "français")]
# EMAIL_BACKEND and its like, by EMAIL_URL.
globals().update(mail_settings(CHANNELS.email_url, trying=DEMO))
DEFAULT_FROM_EMAIL, SITE_NAME = sender(CHANNELS.email_from, needed=bool(CHANNELS.email_url))
PUBLIC_URL = public_url(CHANNELS.public_url, ENV.port, needed=bool(CHANNELS.email_url), trying=TRYING)
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
globals().update(sign_in_settings(SIGN_IN, https=ENV.https, redis_url=ENV.redis_url, site=SITE_NAME))
# A session only says who signed in; a cookie alone never opens a socket (protocol.md §3). Kept here and not in the
# cookie, so that it can be ended from here.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "order_threads_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SECURE_HSTS_SECONDS = 31536000 if ENV.https else 0
CSRF_TRUSTED_ORIGINS = sorted(ALLOWED_ORIGINS)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "DEBUG" if DEBUG else "INFO"},
    # httpx2 logs every address at INFO, and that of a push is a right to send one.
    "loggers": {"daphne": {"level": "WARNING"}, "django.request": {"level": "ERROR"}, "httpx2": {"level": "WARNING"}},
}
