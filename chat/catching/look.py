"""All that is looked for in one text. A plain text, as most are, is told by a glance and left.

Must never take long, whatever the text: every part looks at each place a bounded number of times.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chat.catching import accounts, addresses
from chat.catching.folding import Folded, fold
from chat.catching.kinds import Find
from chat.catching.lexicon import LEXICON
from chat.catching.numerals import numbers
from chat.catching.phones import Phones, is_pieced
from chat.catching.phrases import phrases, words_of

# A piece of a number comes with few words: `the rest is 2345678`.
FEW = 8
# What is read while others wait: about a millisecond at the most, whatever it says.
SHORT = 300
# No number that is whole has fewer digits.
LEAST = 6
# So many digits are one without a word that speaks of calling (phones.Phones.is_phone), and so long a word a purse.
UNCALLED = 8
LONG_WORD = 25
# `o151`: these letters are read as digits beside one.
AS_DIGITS = bytes(48 if 48 <= each <= 57 else 108 if each in b"oli" else 32 for each in range(256))
BLANKS = bytes(each if chr(each).isalnum() or each == 95 else 32 for each in range(128)) + b" " * 128
NOT_DIGITS = bytes(each for each in range(256) if not 48 <= each <= 57)
LETTERS = frozenset(bytes([each]) for each in range(97, 123))
DIGITS = frozenset(word.encode() for word in LEXICON.digits)
CALL = frozenset(word.encode() for word in LEXICON.call)
# A text with none of these, no @, no dot inside a word, no three digits and no spelling is plain.
RARE = frozenset(
    word.encode()
    for word in (
        *LEXICON.phrases,
        *LEXICON.apps,
        *LEXICON.dot,
        *addresses.SURE_PROVIDERS,
        *(first for first, _ in LEXICON.joined),
        "arobase",
        "klammeraffe",
        "http",
        "https",
        "hxxp",
    )
)
# Whichever of these a text has tells of something; one look finds them all.
TELLING = RARE | LETTERS | DIGITS | CALL
# Begins with the dot, by which a search goes fast.
DOTTED = re.compile(r"\.(?<=[a-z0-9_-]\.)[a-z]")
PURSE = re.compile(
    r"(?<![a-z0-9])(?:0x[0-9a-f]{40}|bc1[a-z0-9]{25,60}|(?![0-9a-f]+\b)[13][a-hj-np-z0-9]{25,34})(?![a-z0-9])"
)
# Where two finds overlap, the surer one stands.
SURER = {kind: rank for rank, kind in enumerate(("iban", "card", "email", "handle", "link", "phone"))}


class Seen(NamedTuple):
    """What a text holds; `piece`: it may be a part of a number of which other messages hold the rest."""

    finds: tuple[Find, ...] = ()
    piece: bool = False


class Glance(NamedTuple):
    """What a text could hold at all, known without reading it."""

    words: int
    digits: int
    figures: bytes
    rare: bool
    at: bool
    dotted: bool
    spelled: bool
    # Only looked for where they decide: a word that speaks of calling; a letter beside a digit that is read as one.
    called: bool
    mixed: bool

    @property
    def numbers(self) -> bool:
        """Enough digits for a number that is whole, or a few that may be a piece of one."""
        return self.spelled or self.digits >= LEAST or (self.digits >= 3 and self.words <= FEW + 3)

    @property
    def is_figure(self) -> bool:
        """Nothing but too few digits for a number that is whole, or that is one where nothing speaks of calling."""
        few = self.digits < LEAST or (self.digits < UNCALLED and not self.called)
        return few and not (self.rare or self.at or self.dotted or self.spelled)


NOTHING = Seen()


def look(text: str) -> Seen:
    """What the text holds, in order; places are those of the text as it was written."""
    folded = fold(text)
    glance = glance_at(folded.text)
    return NOTHING if is_plain(glance) else _look(folded, glance)


def piece_at_a_glance(text: str) -> str | None:
    """The digits in it that may be a piece of a number, "" for none, where nothing is to be caught in it by itself.

    None where something is, or where it is too long to be read while others wait.
    """
    folded = text.lower() if text.isascii() else fold(text).text
    glance = glance_at(folded)
    if is_plain(glance):
        return ""
    if glance.is_figure and not glance.mixed:
        return glance.figures.decode() if glance.words <= FEW + 3 else ""
    if len(text) > SHORT:
        return None
    seen = _look(fold(text), glance)
    return None if seen.finds else fragments(text)[0] if seen.piece else ""


def glance_at(folded: str) -> Glance:
    data = folded.encode("ascii", "replace").translate(BLANKS)
    words = data.split()
    figures = data.translate(None, NOT_DIGITS)
    digits = len(figures)
    telling = TELLING.intersection(words)
    shape = data.translate(AS_DIGITS) if 0 < digits < UNCALLED else b""
    return Glance(
        len(words),
        digits,
        figures,
        bool(telling) and (not RARE.isdisjoint(telling) or len(LETTERS & telling) > 3),
        "@" in folded or "at)" in folded or "at]" in folded or "at}" in folded or "at>" in folded,
        "." in folded and DOTTED.search(folded) is not None,
        bool(telling) and not DIGITS.isdisjoint(telling) and sum(map(DIGITS.__contains__, words)) > 3,
        LEAST <= digits < UNCALLED and (not CALL.isdisjoint(telling) or max(map(len, words)) >= LONG_WORD),
        b"0l" in shape or b"l0" in shape,
    )


def is_plain(glance: Glance) -> bool:
    return not (glance.rare or glance.at or glance.dotted or glance.numbers)


def _look(folded: Folded, glance: Glance) -> Seen:
    text = folded.text
    words = words_of(text) if glance.rare or glance.at else []
    found: list[Find] = []
    if glance.digits >= 12:
        found += [Find(start, end, "iban") for start, end in accounts.ibans(text)]
        found += [Find(start, end, "card") for start, end in accounts.cards(text, numbers(text, (0, len(text))))]
    if glance.digits >= 6:
        found += [Find(match.start(), match.end(), "payment_outside") for match in PURSE.finditer(text)]
    if glance.at or glance.rare:
        found += [Find(start, end, "email") for start, end in addresses.emails(text)]
        found += [Find(start, end, "email") for start, end in addresses.spelled_emails(words, text)]
        found += addresses.handles(words, text)
        found += [Find(start, end, "link") for start, end in addresses.spelled_links(words)]
        found += phrases(words)
    if glance.dotted or glance.rare:
        found += [Find(start, end, "link") for start, end in addresses.links(text)]
    phones = Phones(text, spelled=glance.spelled) if glance.numbers else None
    if phones is not None:
        found += [Find(start, end, "phone") for start, end in phones.found()]
    finds = tuple(sorted(Find(*folded.place(f.start, f.end), f.kind) for f in _each_once(found)))
    called = any(find.kind == "phone" for find in finds)
    return Seen(finds, piece=phones is not None and not called and bool(_fragments(phones, glance.words)))


def _each_once(found: list[Find]) -> Iterator[Find]:
    """Of those that overlap, the surer of two places, and the longest of one kind of phrase."""
    taken: dict[int, Find] = {}
    for find in sorted(found, key=lambda f: (SURER.get(f.kind, 99), -(f.end - f.start), f.start)):
        rivals = {taken[place] for place in range(find.start, find.end) if place in taken}
        if find.kind in SURER and not any(each.kind in SURER for each in rivals):
            taken.update(dict.fromkeys(range(find.start, find.end), find))
            yield find
        elif find.kind not in SURER and not any(each.kind == find.kind for each in rivals):
            taken.update((place, find) for place in range(find.start, find.end) if place not in taken)
            yield find


def _fragments(phones: Phones, words: int) -> list[tuple[str, int, int]]:
    found = phones.fragments()
    if not 3 <= sum(len(each.digits) for each in found) <= 12 or words - sum(len(n.numerals) for n in found) > FEW:
        return []
    return [(each.digits, each.start, each.end) for each in found]


def fragments(text: str) -> tuple[str, int, int]:
    """The digits of a text that may hold a piece of a number, and where they stand in it; ("", 0, 0) for none."""
    folded = fold(text)
    glance = glance_at(folded.text)
    found = _fragments(Phones(folded.text, spelled=glance.spelled), glance.words) if glance.numbers else []
    if not found:
        return "", 0, 0
    start, end = folded.place(found[0][1], found[-1][2])
    return "".join(digits for digits, _, _ in found), start, end


def completes(earlier: Sequence[str], text: str) -> Find | None:
    """The phone number that this text completes, after the author's `earlier` texts, oldest first; its part of it."""
    digits, start, end = fragments(text)
    for before in reversed(earlier):
        if not digits:
            break
        more, _, _ = fragments(before)
        digits = more + digits if more else digits
        if more and is_pieced(digits):
            return Find(start, end, "phone")
    return None
