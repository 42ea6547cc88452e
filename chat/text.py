"""What a person's words must be to enter the log (protocol.md §8). Pure."""

import re

from chat.refusals import Refused

# C0 and C1 controls but tab, line feed and carriage return; and lone surrogates, which UTF-8 cannot carry.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
LONG = 4000
TITLE = 200


def fit(text: str, field: str = "text", limit: int = LONG, *, empty: bool = False) -> str:
    """Return the text as it came. Lengths count code points. Raises Refused text_invalid, too_large with the field."""
    if len(text) > limit:
        raise Refused("too_large", f"At most {limit} characters.", field=field, limit=limit)
    # What can be printed holds nothing unfit, and is found out faster.
    if (not text.isprintable() and UNFIT.search(text)) or not (empty or text.strip()):
        raise Refused("text_invalid", field=field)
    return text


def reason(text: str | None) -> str:
    """A reason that staff must give. Raises Refused reason_required, text_invalid or too_large."""
    if text is None or len(text.strip()) < 10:
        raise Refused("reason_required", field="reason")
    return fit(text, "reason")
