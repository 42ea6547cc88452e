"""A text as the eye reads it: small plain letters and digits, each with its place in what was written.

Full width and mathematical letters, keycaps and digits of other scripts (NFKC), accents, look-alike letters and
characters without width are undone. Must never take longer than one step for each character.
"""

import unicodedata
from typing import NamedTuple

# Letters of other scripts that look like Latin ones; small ones only, for capitals are made small first.
LOOK_ALIKES = {
    **dict(zip("авсԁеһіјкӏмпоԛрѕтцѵѡхуʏ", "abcdehijklmnoqpstuvwxyy", strict=True)),
    **dict(zip("αβεηικνορτυχγω", "abenikvoptuxyw", strict=True)),
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "œ": "oe", "æ": "ae", "ß": "ss", "ɡ": "g", "ɑ": "a", "ⅼ": "l",
    "’": "'", "‘": "'", "´": "'", "`": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "․": ".", "。": ".", "·": ".", "•": ".", "∙": ".", "＠": "@", "﹫": "@",
}  # fmt: skip


class Folded(NamedTuple):
    """The folded text, and for each of its characters where it comes from (empty: from the same place)."""

    text: str
    origin: list[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in what was written."""
        if not self.origin:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


class _Fold(dict[str, str]):
    """Each character's folding, worked out once."""

    def __missing__(self, character: str) -> str:
        self[character] = folded = _fold(character)
        return folded


def _fold(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Mn", "Me") or character in "\u115f\u1160\u3164\uffa0":
        return ""
    out = ""
    for each in unicodedata.normalize("NFKD", character).lower():
        if each in LOOK_ALIKES:
            out += LOOK_ALIKES[each]
        elif each.isascii() or each in "€£¥":
            out += each
        elif unicodedata.category(each) in ("Mn", "Cf"):
            continue
        elif each.isdecimal():
            out += str(unicodedata.decimal(each))
        else:
            out += "_" if each.isalpha() else " "
    return out


FOLD = _Fold()


def fold(text: str) -> Folded:
    """The text folded. Nearly all texts are ASCII, and then nothing moves."""
    if text.isascii():
        return Folded(text.lower(), [])
    parts = [FOLD[character] for character in text]
    folded = "".join(parts)
    if len(folded) == len(text) and all(parts):
        return Folded(folded, [])
    return Folded(folded, [place for place, part in enumerate(parts) for _ in part])
