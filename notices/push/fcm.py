"""Push to Android apps: Firebase Cloud Messaging, HTTP v1, as the service account of FCM_CREDENTIALS."""

import json
import time
from pathlib import Path

import httpx2
import jwt
from django.conf import settings

from notices.push.message import DAY_S, Gone, Push, Target

SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
TIMEOUT_S = 5
HOUR_S = 3600


class Fcm:
    def __init__(self, credentials: str, url: str) -> None:
        account = json.loads(Path(credentials).read_text())
        self._email: str = account["client_email"]
        self._key: str = account["private_key"]
        self._token_uri: str = account["token_uri"]
        self._url = f"{url.rstrip('/')}/v1/projects/{account['project_id']}/messages:send"
        self._client = httpx2.Client(timeout=TIMEOUT_S)
        self._token = ""
        self._until = 0.0

    def send(self, target: Target, push: Push) -> None:
        """Raises as Sender.send."""
        message = {
            "token": target.address,
            "notification": {"title": push.title},
            "data": push.said(),
            # A second attempt takes the place of the first on the screen.
            "android": {"ttl": f"{DAY_S}s", "notification": {"tag": push.key}},
        }
        headers = {"Authorization": f"Bearer {self._access()}"}
        answer = self._client.post(self._url, json={"message": message}, headers=headers)
        if answer.status_code == 401:
            self._until = 0.0
        if reason(answer) == "UNREGISTERED":
            raise Gone("unregistered")
        answer.raise_for_status()

    def close(self) -> None:
        self._client.close()

    def _access(self) -> str:
        """An access token (RFC 7523), asked for again a minute before it ends."""
        now = time.time()
        if now >= self._until:
            claims = {"iss": self._email, "scope": SCOPE, "aud": self._token_uri, "iat": int(now)}
            assertion = jwt.encode({**claims, "exp": int(now) + HOUR_S}, self._key, algorithm="RS256")
            answer = self._client.post(self._token_uri, data={"grant_type": GRANT, "assertion": assertion})
            answer.raise_for_status()
            said = answer.json()
            self._token, self._until = said["access_token"], now + said["expires_in"] - 60
        return self._token


def reason(answer: httpx2.Response) -> str:
    """FCM's own code: a wrong project is a 404, too, and must cost nobody their device."""
    try:
        return next(str(each["errorCode"]) for each in answer.json()["error"]["details"] if "errorCode" in each)
    except (ValueError, KeyError, TypeError, StopIteration):
        return ""


def configured() -> Fcm | None:
    """The sender, where FCM_CREDENTIALS names a service account."""
    channels = settings.CHANNELS
    return Fcm(channels.fcm_credentials, channels.fcm_url) if channels.fcm_credentials else None
