"""Settings of the sign-in that could never work, or would believe whoever sits on the wire, refuse to start."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from moderation.environment import StaffSignIn, checked_sign_in

HOUSE: dict[str, Any] = {
    "oidc_issuer": "https://id.example.com",
    "oidc_client_id": "order-threads",
    "oidc_client_secret": "secret",
}


def test_an_issuer_is_reached_over_tls_or_on_this_very_machine() -> None:
    assert checked_sign_in(StaffSignIn(**HOUSE), trying=False).oidc_issuer == HOUSE["oidc_issuer"]
    here = StaffSignIn(**HOUSE | {"oidc_issuer": "http://localhost:9000"})
    assert checked_sign_in(here, trying=False) is here


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"oidc_client_secret": ""}, "OIDC_CLIENT_SECRET"),
        ({"oidc_issuer": ""}, "OIDC_ISSUER"),
        ({"oidc_issuer": "http://id.example.com"}, "https"),
        ({"oidc_issuer": "id.example.com"}, "https"),
    ],
)
def test_what_could_not_work_is_refused_by_name(changed: dict[str, Any], named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        checked_sign_in(StaffSignIn(**HOUSE | changed), trying=False)
