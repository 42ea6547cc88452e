"""Push to a browser, by the push service that its vendor runs (RFC 8030). The endpoint is a stranger's word."""

import socket

import httpx2
from django.conf import settings

from notices.addresses import ForbiddenAddress, pinned
from notices.push import vapid
from notices.push.encryption import encrypt
from notices.push.message import DAY_S, Gone, Push, Target

NO_LONGER = (404, 410)
TIMEOUT_S = 5


class Browsers:
    def __init__(self) -> None:
        # No proxy of the environment: it would look the name up again. No connection is kept: it is known by its
        # address, and must not serve another name there.
        self._client = httpx2.Client(
            timeout=TIMEOUT_S, trust_env=False, limits=httpx2.Limits(max_keepalive_connections=0)
        )

    def send(self, target: Target, push: Push) -> None:
        """Encrypted for this browser alone. Raises as Sender.send; an address of our own network counts as gone."""
        try:
            place = pinned(target.address, private=settings.CHANNELS.push_allow_private)
            body = encrypt(push.encoded(), target.keys["p256dh"], target.keys["auth"])
        except socket.gaierror as fault:
            if fault.errno == socket.EAI_NONAME:
                raise Gone("nobody of that name") from None
            raise
        except (ForbiddenAddress, KeyError, ValueError) as fault:
            raise Gone(str(fault)) from None
        headers = {
            "Host": place.header,
            "Authorization": vapid.authorization(target.address),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(DAY_S),
            "Urgency": "normal",
            # RFC 8030 §5.4: an attempt that was lost on its way back takes the place of the first.
            "Topic": push.key[:32],
        }
        named = {"sni_hostname": place.host}
        answer = self._client.post(place.url, content=body, headers=headers, extensions=named)
        if answer.status_code in NO_LONGER:
            raise Gone(f"HTTP {answer.status_code}")
        answer.raise_for_status()

    def close(self) -> None:
        self._client.close()
