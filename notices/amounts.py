"""Money and times as a letter shows them, in the language that is active. Never through a float."""

from datetime import UTC, datetime

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

# ISO 4217: whoever is not listed has two decimal places.
NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
THREE = "BHD IQD JOD KWD LYD OMR TND"
NO_BREAK = "\N{NO-BREAK SPACE}"


def money(amount: int, currency: str) -> str:
    """Minor units as people write them: 120.00 EUR, 120,00 EUR, 1200 JPY."""
    places = 0 if currency in NONE else 3 if currency in THREE else 2
    digits = str(amount).rjust(places + 1, "0")
    whole, rest = digits[: len(digits) - places], digits[len(digits) - places :]
    shown = number_format(f"{whole}.{rest}" if places else whole, use_l10n=True)
    return f"{shown}{NO_BREAK}{currency}"


def moment(at: datetime) -> str:
    """A time in UTC, and said so: the host does not tell where people live."""
    shown = date_format(at.astimezone(UTC), gettext("j F Y, H:i"))
    return f"{shown} UTC".replace(" ", NO_BREAK)
