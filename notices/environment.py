"""How notices leave the house, from the environment: e-mail, the address of links, keys of the push services.

Read by settings.py. Unsafe values refuse to start. Must never read a setting of Django: those are made from this.
"""

import json
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = ("localhost", "127.0.0.1", "::1")
BACKENDS = "django.core.mail.backends"
# What a service account of Firebase has to say.
ACCOUNT = dict.fromkeys(("client_email", "private_key", "project_id", "token_uri"), "given")
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


class Channels(BaseSettings):
    """Every variable of e-mail and push. An empty value is an unset one."""

    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True)

    email_url: str = Field(
        "", description="smtp://USER:PASSWORD@HOST:587 (STARTTLS), smtps://… (TLS), smtp+plain://… or console:"
    )
    email_from: str = Field("", description="sender: `Name <address>`; the name is the site's in letters")
    public_url: str = Field("", description="where people reach this server: the links in letters")
    vapid_key: str = Field("", description="P-256 private key of web push, base64url; unset: made of SECRET_KEY")
    fcm_credentials: str = Field("", description="file with the service account of Firebase")
    fcm_url: str = Field("https://fcm.googleapis.com", description="where FCM is")
    apns_key: str = Field("", description="file with the `.p8` key of APNs")
    apns_key_id: str = Field("", description="its id")
    apns_team: str = Field("", description="the team of the app")
    apns_topic: str = Field("", description="the app's bundle id")
    apns_url: str = Field("https://api.push.apple.com", description="where APNs is")
    push_allow_private: bool = Field(False, description="lets push reach private addresses, and over http")
    max_devices_per_user: int = Field(10, ge=1, description="push subscriptions; a newer one ends the oldest")


def checked(channels: Channels) -> Channels:
    """Refuse push settings that could never work. Raises ImproperlyConfigured."""
    apple = (channels.apns_key, channels.apns_key_id, channels.apns_team, channels.apns_topic)
    if any(apple) and not all(apple):
        raise ImproperlyConfigured("APNS_KEY, APNS_KEY_ID, APNS_TEAM and APNS_TOPIC are needed together")
    for name, file in (("APNS_KEY", channels.apns_key), ("FCM_CREDENTIALS", channels.fcm_credentials)):
        if file and not Path(file).is_file():
            raise ImproperlyConfigured(f"{name} names no file")
    try:
        account = json.loads(Path(channels.fcm_credentials).read_text()) if channels.fcm_credentials else ACCOUNT
    except ValueError:
        account = {}
    if not all(isinstance(account, dict) and account.get(name) for name in ACCOUNT):
        raise ImproperlyConfigured(f"FCM_CREDENTIALS: the file needs {', '.join(ACCOUNT)}")
    if channels.apns_key and "PRIVATE KEY" not in Path(channels.apns_key).read_text():
        raise ImproperlyConfigured("APNS_KEY: the file holds no private key")
    if channels.vapid_key and not re.fullmatch(r"[A-Za-z0-9_-]{43}", channels.vapid_key):
        raise ImproperlyConfigured("VAPID_KEY must be the 32 bytes of a P-256 private key, base64url")
    return channels


def mail_settings(url: str, *, trying: bool) -> dict[str, Any]:
    """Django's EMAIL_… settings for EMAIL_URL. Unset: a line on the console while trying, else no e-mail at all.

    Raises ImproperlyConfigured for what is not understood, or would send a password in the clear.
    """
    if not url:
        return {"EMAIL_BACKEND": "notices.console.EmailBackend" if trying else f"{BACKENDS}.dummy.EmailBackend"}
    if url == "console:":
        return {"EMAIL_BACKEND": f"{BACKENDS}.console.EmailBackend"}
    parts = split("EMAIL_URL", url)
    if parts.scheme not in PORTS or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise ImproperlyConfigured("EMAIL_URL must be smtp://…, smtps://…, smtp+plain://… or console:")
    if parts.scheme == "smtp+plain" and parts.password and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured("EMAIL_URL: smtp+plain would send the password in the clear; use smtp or smtps")
    return {
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }


def sender(value: str, *, needed: bool) -> tuple[str, str]:
    """(DEFAULT_FROM_EMAIL, the site's name) for EMAIL_FROM. Raises ImproperlyConfigured for no address."""
    if not value:
        if needed:
            raise ImproperlyConfigured("EMAIL_FROM is needed beside EMAIL_URL: Name <address>")
        return "Order Threads <order-threads@localhost>", "Order Threads"
    name, address = parseaddr(value)
    if "\n" in value or "\r" in value or address.count("@") != 1 or address.startswith("@") or address.endswith("@"):
        raise ImproperlyConfigured("EMAIL_FROM must be an address, or: Name <address>")
    return value, name or "Order Threads"


def public_url(value: str, port: int, *, needed: bool, trying: bool) -> str:
    """PUBLIC_URL without its last slash. Raises ImproperlyConfigured for what is no address for a link."""
    if not value:
        if needed:
            raise ImproperlyConfigured("PUBLIC_URL is needed beside EMAIL_URL: letters link to it")
        return f"http://localhost:{port}"
    parts = split("PUBLIC_URL", value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured("PUBLIC_URL must be https://HOST, perhaps with a path")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK and not trying:
        raise ImproperlyConfigured("PUBLIC_URL must be https: links in letters carry people's rights")
    return value.rstrip("/")


def split(name: str, url: str) -> Any:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as fault:
        raise ImproperlyConfigured(f"{name}: {fault}") from None
    return parts
