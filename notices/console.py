"""The demo's e-mail: one line on the console for each letter, which is to be looked at on a page, not as MIME."""

from typing import Any

from django.conf import settings
from django.core.mail.backends import console
from django.core.mail.message import EmailMessage


class EmailBackend(console.EmailBackend):
    def write_message(self, message: EmailMessage) -> None:
        """Say to whom, and what; the letters themselves are at /demo/letters."""
        to: Any = ", ".join(message.to)
        self.stream.write(f"e-mail to {to}: {message.subject}  (letters: {settings.PUBLIC_URL}/demo/letters)\n")
