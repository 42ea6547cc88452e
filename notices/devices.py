"""Where people get push: their browsers and apps, who sends there, and who is no longer reached."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import uuid_utils.compat
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from chat.refusals import Refused
from notices.models import Device
from notices.push import apns, fcm
from notices.push.browsers import Browsers
from notices.push.message import Gone, Push, Sender, Target

logger = logging.getLogger(__name__)

SENDERS: dict[str, Callable[[], Sender | None]] = {"web": Browsers, "fcm": fcm.configured, "apns": apns.configured}


@dataclass(frozen=True, slots=True)
class Known:
    """A browser or app as those outside see it; its keys and address stay here."""

    id: str
    kind: str
    at: datetime


@cache
def sender(kind: str) -> Sender | None:
    """Who sends to devices of this kind; None where this server has no account for it."""
    return SENDERS[kind]()


def close_senders() -> None:
    """End what is kept open to push services; the next push opens it again, as the settings then are."""
    for service in map(sender, SENDERS):
        if service:
            service.close()
    sender.cache_clear()


def subscribe(user: str, kind: str, address: str, keys: dict[str, str]) -> Known:
    """Send this person's notices there, too. Twice is as good as once; the oldest beyond the limit is forgotten.

    A device that another person signed in on before is theirs no longer. Raises Refused bad_request for a kind that
    this server cannot send to.
    """
    if sender(kind) is None:
        raise Refused("bad_request", "This server does not send to devices of this kind.", field="kind")
    digest = hashlib.sha256(f"{kind}\0{address}".encode()).hexdigest()
    now = timezone.now()
    told = {"user": user, "kind": kind, "address": address, "keys": keys, "at": now}
    with transaction.atomic():
        device, _ = Device.objects.update_or_create(
            digest=digest, defaults=told, create_defaults={**told, "id": str(uuid_utils.compat.uuid7())}
        )
        rest = Device.objects.filter(user=user).order_by("-at", "-id").values_list("id", flat=True)
        Device.objects.filter(id__in=list(rest[settings.CHANNELS.max_devices_per_user :])).delete()
    return Known(device.id, device.kind, device.at)


def unsubscribe(user: str, device: str) -> None:
    """No more there. Raises Refused not_found for what is not this person's."""
    if not Device.objects.filter(pk=device, user=user).delete()[0]:
        raise Refused("not_found")


def of(user: str) -> list[Known]:
    """A person's devices, the newest first."""
    rows = Device.objects.filter(user=user).order_by("-at", "-id")
    return [Known(row.id, row.kind, row.at) for row in rows]


def send(user: str, device: str, push: Push) -> None:
    """Push to a device that is still this person's; one that is gone is forgotten. Raises as Sender.send."""
    row = Device.objects.filter(pk=device, user=user).first()
    service = sender(row.kind) if row else None
    if row is None or service is None:
        return
    try:
        service.send(Target(row.address, row.keys), push)
    except Gone as gone:
        logger.info("device %s is gone: %s", device, gone)
        row.delete()
