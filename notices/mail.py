"""A letter by e-mail, through Django's backend (EMAIL_URL). Must never log an address or a word of a letter."""

import logging
import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from notices.letters import Letter

logger = logging.getLogger(__name__)

PERMANENT = 500


def post(letter: Letter, address: str, key: str, switch: str) -> None:
    """Hand it to the mail server. `key` makes the Message-ID; `switch` is the unsubscribe address, or "".

    An address that the server refuses for good is logged and given up. Raises smtplib.SMTPException or OSError for
    what may go better later.
    """
    headers = {
        "Message-ID": f"<{key}@{urlsplit(settings.PUBLIC_URL).hostname}>",
        "Content-Language": letter.language,
        # RFC 3834: nobody's absence note is to answer.
        "Auto-Submitted": "auto-generated",
    }
    if switch:
        # RFC 8058: one click in the mail program, without opening a page.
        headers |= {"List-Unsubscribe": f"<{switch}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[address], headers=headers)
    mail.attach_alternative(letter.html, "text/html")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        if any(code < PERMANENT for code in codes):
            raise
        logger.warning("letter %s: the address was refused for good (%s)", key, codes)
    except ValueError:
        # An address that is none: no server was asked.
        logger.warning("letter %s: the address cannot be written to", key)
