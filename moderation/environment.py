"""How staff sign in, from the environment: when a session ends, the house's own OIDC.

Read by settings.py. Unsafe values refuse to start. Must never read a setting of Django: those are made from this.
"""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = ("localhost", "127.0.0.1", "::1")
PROVIDER = "staff"
APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]


class StaffSignIn(BaseSettings):
    """Every variable of the sign-in of staff. An empty value is an unset one."""

    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True)

    staff_idle_minutes: float = Field(30, gt=0, description="without a key pressed, a session of staff ends")
    staff_session_hours: float = Field(12, gt=0, description="and after so long in any case")
    oidc_issuer: str = Field("", description="https://…: staff may sign in there too; it has to vouch for their e-mail")
    oidc_client_id: str = Field("", description="what this server is called there")
    oidc_client_secret: str = Field("", description="its secret there")
    oidc_name: str = Field("Single sign-on", description="what the button says")
    trusted_proxies: int = Field(0, ge=0, description="proxies before this server that add to X-Forwarded-For")


def checked_sign_in(given: StaffSignIn, *, trying: bool) -> StaffSignIn:
    """Refuse what could never work, or would believe whoever sits on the wire. Raises ImproperlyConfigured."""
    oidc = (given.oidc_issuer, given.oidc_client_id, given.oidc_client_secret)
    if any(oidc) and not all(oidc):
        raise ImproperlyConfigured("OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are needed together")
    parts = urlsplit(given.oidc_issuer)
    plain = parts.scheme == "http" and (trying or parts.hostname in LOOPBACK)
    if given.oidc_issuer and not (parts.hostname and (parts.scheme == "https" or plain)):
        raise ImproperlyConfigured("OIDC_ISSUER must be https://…: who answers there is believed")
    return given


def sign_in_settings(given: StaffSignIn, *, https: bool, redis_url: str, site: str) -> dict[str, Any]:
    """Django's and allauth's settings: a name and a password, then a second factor; nobody signs up."""
    return {
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"django.contrib.auth.password_validation.{name}"}
            for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
        ]
        + [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/console",
        # Long enough to reach a colleague who is away for the weekend.
        "PASSWORD_RESET_TIMEOUT": 3 * 24 * 3600,
        "ALLAUTH_TRUSTED_PROXY_COUNT": given.trusted_proxies,
        "ACCOUNT_ADAPTER": "moderation.signin.Accounts",
        "ACCOUNT_LOGIN_METHODS": {"username"},
        "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*", "password2*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_LOGIN_ON_PASSWORD_RESET": True,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_LOGOUT_REDIRECT_URL": "/",
        "MFA_ADAPTER": "moderation.signin.SecondFactors",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_WEBAUTHN_USER_VERIFICATION": "required",
        # A browser has passkeys without TLS on localhost only, whatever the server allows.
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not https,
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_TOTP_ISSUER": site,
        # A watch that runs half a minute late is no attack.
        "MFA_TOTP_TOLERANCE": 1,
        "SOCIALACCOUNT_ADAPTER": "moderation.signin.Outside",
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": provider(given)},
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": True,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
        "SOCIALACCOUNT_ONLY": False,
        # Guesses are counted here: for all processes together where there is Redis.
        "CACHES": {"default": cache(redis_url)},
    }


def provider(given: StaffSignIn) -> dict[str, Any]:
    if not given.oidc_issuer:
        return {}
    app = {
        "provider_id": PROVIDER,
        "name": given.oidc_name,
        "client_id": given.oidc_client_id,
        "secret": given.oidc_client_secret,
        "settings": {"server_url": given.oidc_issuer},
    }
    return {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}


def cache(redis_url: str) -> dict[str, Any]:
    backends = "django.core.cache.backends"
    if not redis_url:
        return {"BACKEND": f"{backends}.locmem.LocMemCache"}
    return {"BACKEND": f"{backends}.redis.RedisCache", "LOCATION": redis_url, "KEY_PREFIX": "order-threads:staff"}
