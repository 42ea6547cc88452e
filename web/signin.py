"""The pages on which staff sign in: allauth's views, in our look, under our policy, in English or French.

Must never offer what has no place here: no sign-up, no e-mail to change, no reset that a stranger could ask for.
"""

from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import translation

from web.headers import guarded


def house(view: Any) -> Any:
    """As all our pages; and in the reader's language, which allauth speaks already."""

    @wraps(view)
    def spoken(request: HttpRequest, **given: Any) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            response: HttpResponse = view(request, **given)
            return response.render() if isinstance(response, TemplateResponse) else response

    # A browser holds the redirect that follows a form to the form's policy, too.
    issuer = urlsplit(settings.SIGN_IN.oidc_issuer)
    return guarded(spoken, forms=f"{issuer.scheme}://{issuer.netloc}" if issuer.netloc else "")


PAGES: list[tuple[str, Any, str]] = [
    ("sign-in", account.login, "account_login"),
    ("sign-out", account.logout, "account_logout"),
    ("closed", account.account_inactive, "account_inactive"),
    ("welcome/<str:uidb36>/<str:key>", account.password_reset_from_key, "account_reset_password_from_key"),
    ("welcome", account.password_reset_from_key_done, "account_reset_password_from_key_done"),
    ("again", account.reauthenticate, "account_reauthenticate"),
    ("password", account.password_change, "account_change_password"),
    ("second", second.index, "mfa_index"),
    ("second/show", second.authenticate, "mfa_authenticate"),
    ("second/again", second.reauthenticate, "mfa_reauthenticate"),
    ("second/app", totp.activate_totp, "mfa_activate_totp"),
    ("second/app/off", totp.deactivate_totp, "mfa_deactivate_totp"),
    ("second/codes", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    ("second/codes/new", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    ("second/codes/file", codes.download_recovery_codes, "mfa_download_recovery_codes"),
    ("passkeys", passkeys.list_webauthn, "mfa_list_webauthn"),
    ("passkeys/new", passkeys.add_webauthn, "mfa_add_webauthn"),
    ("passkeys/again", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    ("passkeys/sign-in", passkeys.login_webauthn, "mfa_login_webauthn"),
    ("passkeys/<int:pk>/off", passkeys.remove_webauthn, "mfa_remove_webauthn"),
    ("passkeys/<int:pk>", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    ("oidc/<str:provider_id>", oidc.login, "openid_connect_login"),
    ("oidc/<str:provider_id>/back", oidc.callback, "openid_connect_callback"),
    ("outside/cancelled", outside.login_cancelled, "socialaccount_login_cancelled"),
    ("outside/failed", outside.login_error, "socialaccount_login_error"),
    ("outside/unknown", outside.signup, "socialaccount_signup"),
]

urlpatterns: list[URLPattern] = [path(where, house(view), name=name) for where, view, name in PAGES]
