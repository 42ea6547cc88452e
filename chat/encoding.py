"""Compact JSON with raw Unicode, as bodies are stored and frames leave. Pure.

Decoding is not here: what clients send is read by consumers/wire.py, which must notice what no fast decoder does.
"""

import json
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder()


def encode(value: Any) -> str:
    """The JSON text of plain values; a lone surrogate, which no UTF-8 can hold, is escaped."""
    try:
        return _encoder.encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
