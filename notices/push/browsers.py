"""Push to a browser, by the push service that its vendor runs (RFC 8030). The endpoint is a stranger's word."""

import asyncio
import socket

import httpx2
from django.conf import settings

from notices.addresses import ForbiddenAddress, Pinned, pinned
from notices.push import vapid
from notices.push.encryption import encrypt
from notices.push.message import DAY_S, Gone, Push, Target

NO_LONGER = (404, 410)
TIMEOUT_S = 5


class Browsers:
    def __init__(self) -> None:
        # Once: reading the system's certificates takes longer than a push.
        self._trusted = httpx2.create_ssl_context()

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
        status = asyncio.run(self._posted(place, body, headers))
        if status in NO_LONGER:
            raise Gone(f"HTTP {status}")
        # Nor is a redirection followed: it could lead anywhere.
        if not 200 <= status < 300:
            raise httpx2.HTTPError(f"HTTP {status}")

    async def _posted(self, place: Pinned, body: bytes, headers: dict[str, str]) -> int:
        """The answer's status; the rest of it is not read. Whoever is slow on purpose has TIMEOUT_S for all of it."""
        # No proxy of the environment: it would look the name up again. A connection serves once: it is known by its
        # address, and must not serve another name there.
        client = httpx2.AsyncClient(verify=self._trusted, timeout=TIMEOUT_S, trust_env=False)
        request = client.build_request(
            "POST", place.url, content=body, headers=headers, extensions={"sni_hostname": place.host}
        )
        async with asyncio.timeout(TIMEOUT_S), client:
            answer = await client.send(request, stream=True)
            await answer.aclose()
            return answer.status_code

    def close(self) -> None:
        """Nothing is kept open."""
