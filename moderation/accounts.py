"""Accounts of staff: who may sign in here, and as whom of the marketplace's people. Made by an operator only.

Must never hold a password that somebody chose for somebody else: a link, good once, lets each choose their own.
"""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse

from chat import people
from chat.people import Known
from moderation import sessions


def add(user: str, *, role: str, name: str = "", email: str = "") -> str:
    """Make the account, or change its role; the path of a link that is good once and lets them choose a password."""
    with transaction.atomic():
        person = people.find(user)
        called = name or (person.name if person else user.title())
        address = email or (person.email if person else "")
        people.put(user, name=called, email=address, locale=person.locale if person else "", role=role)
        account, new = User.objects.get_or_create(username=user)
        account.email, account.is_active = address, True
        if new:
            account.set_unusable_password()
        account.save()
        EmailAddress.objects.filter(user=account).delete()
        if address:
            # The operator vouches for it: by this address alone an OIDC sign-in finds its account.
            EmailAddress.objects.create(user=account, email=address, primary=True, verified=True)
    return link(user)


def link(user: str, *, forget_second_factor: bool = False) -> str:
    """The path of a new link for somebody who lost their password. Raises KeyError for no account."""
    account = User.objects.filter(username=user, is_active=True).first()
    if account is None:
        raise KeyError(user)
    if forget_second_factor:
        Authenticator.objects.filter(user=account).delete()
        sessions.end_all(user)
    key = default_token_generator.make_token(account)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": key})


def remove(user: str) -> None:
    """Close the account: no sign-in, no session, no socket, no role. Raises KeyError for no account."""
    with transaction.atomic():
        if not User.objects.filter(username=user).update(is_active=False):
            raise KeyError(user)
        if person := people.find(user):
            people.put(user, name=person.name, email=person.email, locale=person.locale, role="")
    sessions.end_all(user)


def person_of(account: object) -> Known | None:
    """Whom of the marketplace's people this account is, where they are staff still and not suspended."""
    if not isinstance(account, User) or not account.is_active:
        return None
    person = people.find(account.username)
    return person if person and person.role in sessions.STAFF and not person.suspended else None
