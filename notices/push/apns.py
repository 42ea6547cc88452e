"""Push to iPhones and iPads: Apple's APNs, with a provider token of APNS_KEY.

Apple's servers speak HTTP/2 only.
"""

import time
import uuid
from pathlib import Path

import httpx2
import jwt
from django.conf import settings

from notices.push.message import DAY_S, Gone, Push, Target

TIMEOUT_S = 5
# Apple takes tokens from 20 to 60 minutes old, and complains of a new one for every push.
RENEW_S = 40 * 60
NO_LONGER = ("BadDeviceToken", "DeviceTokenNotForTopic", "Unregistered", "ExpiredToken")


class Apns:
    def __init__(self, key: str, key_id: str, team: str, topic: str, url: str) -> None:
        self._key = Path(key).read_text()
        self._key_id, self._team, self._topic = key_id, team, topic
        self._url = url.rstrip("/")
        self._client = httpx2.Client(timeout=TIMEOUT_S, http2=True)
        self._token = ""
        self._made = 0.0

    def send(self, target: Target, push: Push) -> None:
        """Raises as Sender.send."""
        headers = {
            "authorization": f"bearer {self._provider()}",
            "apns-topic": self._topic,
            "apns-push-type": "alert",
            "apns-id": str(uuid.UUID(hex=push.key[:32])),
            "apns-collapse-id": push.key,
            "apns-expiration": str(int(time.time()) + DAY_S),
        }
        body = {"aps": {"alert": {"title": push.title}, "sound": "default", "thread-id": push.thread}, **push.said()}
        answer = self._client.post(f"{self._url}/3/device/{target.address}", json=body, headers=headers)
        if answer.status_code == 410 or (answer.status_code == 400 and reason(answer) in NO_LONGER):
            raise Gone(f"HTTP {answer.status_code}")
        answer.raise_for_status()

    def close(self) -> None:
        self._client.close()

    def _provider(self) -> str:
        now = time.time()
        if now - self._made > RENEW_S:
            claims = {"iss": self._team, "iat": int(now)}
            self._token = jwt.encode(claims, self._key, algorithm="ES256", headers={"kid": self._key_id})
            self._made = now
        return self._token


def reason(answer: httpx2.Response) -> str:
    try:
        return str(answer.json()["reason"])
    except (ValueError, KeyError, TypeError):
        return ""


def configured() -> Apns | None:
    """The sender, where the APNS_ variables name a key."""
    named = settings.CHANNELS
    if not named.apns_key:
        return None
    return Apns(named.apns_key, named.apns_key_id, named.apns_team, named.apns_topic, named.apns_url)
