"""`/api/v1/push-subscriptions`: where a person's browsers and apps get push (protocol.md §10).

A page asks with its session, an app with its token. Must never show one person's device to another.
"""

from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Body, Path, Router
from pydantic import BaseModel, Field, StringConstraints, field_validator

from api.bodies import reply
from api.credentials import PageSession, UserToken, actor
from chat.commands import Name, Wire
from chat.entries import stamp
from chat.offload import in_database
from consumers import throttle
from notices import devices
from notices.addresses import well_formed
from notices.push import encryption, vapid

BASE64URL = r"^[A-Za-z0-9_-]+=?=?$"

router = Router(tags=["user"], auth=[PageSession(), UserToken()])


class Keys(Wire):
    """A browser's keys, as `PushSubscription.toJSON()` gives them (RFC 8291 §2)."""

    p256dh: Annotated[str, StringConstraints(pattern=BASE64URL, max_length=100)]
    auth: Annotated[str, StringConstraints(pattern=BASE64URL, max_length=30)]

    @field_validator("p256dh")
    @classmethod
    def is_a_point(cls, value: str) -> str:
        encryption.receiver(value)
        return value

    @field_validator("auth")
    @classmethod
    def is_a_secret(cls, value: str) -> str:
        if len(encryption.decode(value.rstrip("="))) != encryption.AUTH_BYTES:
            raise ValueError("16 bytes are needed")
        return value


class Browser(Wire):
    """A subscription of the Push API, made with this server's `web_push_key`."""

    kind: Literal["web"]
    endpoint: str = Field(description="https, public")
    keys: Keys

    @field_validator("endpoint")
    @classmethod
    def is_public(cls, value: str) -> str:
        well_formed(value, private=settings.CHANNELS.push_allow_private)
        return value


class AndroidApp(Wire):
    """A registration token of Firebase Cloud Messaging."""

    kind: Literal["fcm"]
    token: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_:-]{20,1000}$")]


class AppleApp(Wire):
    """A device token of APNs, hexadecimal."""

    kind: Literal["apns"]
    token: Annotated[str, StringConstraints(pattern=r"^([0-9a-fA-F]{2}){32,100}$")]


TAGS = ("web", "fcm", "apns")
Wanted = Annotated[Browser | AndroidApp | AppleApp, Field(discriminator="kind")]


class Subscription(BaseModel):
    subscription: Name
    kind: Literal["web", "fcm", "apns"]
    at: str = Field(description="RFC 3339")


class Subscriptions(BaseModel):
    subscriptions: list[Subscription] = Field(description="the person's, the newest first")
    web_push_key: str = Field(description="applicationServerKey of `pushManager.subscribe`, base64url")


@router.post("/push-subscriptions", response=Subscription, summary="Send notices to a browser or an app")
async def post_push_subscription(request: HttpRequest, body: Body[Wanted]) -> HttpResponse:
    """The same one again is the same subscription. Beyond `MAX_DEVICES_PER_USER` the oldest ends."""
    who = actor(request).user
    await throttle.spend(who)
    address, keys = (body.endpoint, body.keys.model_dump()) if isinstance(body, Browser) else (body.token, {})
    device = await in_database(devices.subscribe, who, body.kind, address, keys)
    return reply(shown(device))


@router.get("/push-subscriptions", response=Subscriptions, summary="A person's browsers and apps")
async def get_push_subscriptions(request: HttpRequest) -> HttpResponse:
    found = await in_database(devices.of, actor(request).user)
    return reply({"subscriptions": [shown(each) for each in found], "web_push_key": vapid.public_key()})


@router.delete("/push-subscriptions/{subscription}", summary="No more notices there")
async def delete_push_subscription(request: HttpRequest, subscription: Path[Name]) -> HttpResponse:
    await in_database(devices.unsubscribe, actor(request).user, subscription)
    return HttpResponse(status=204)


def shown(device: devices.Known) -> dict[str, str]:
    return {"subscription": device.id, "kind": device.kind, "at": stamp(device.at)}
