"""Cards and bank accounts: numbers that carry their own proof (Luhn; ISO 7064 mod 97).

Must never take a number for one without its proof.
"""

import re
from collections.abc import Iterator

from chat.catching.lexicon import LEXICON
from chat.catching.numerals import Number

TRIES = 100
ISSUERS = re.compile(
    r"4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})|(?:5[1-5]|2[2-7])[0-9]{14}|3[47][0-9]{13}|(?:6011|65|64[4-9]|35)[0-9]{12,14}|3(?:0[0-5]|6|8)[0-9]{11,12}"
)
BEGINNING = re.compile(r"(?<![a-z0-9])([a-z]{2})[0-9]{2}(?=[ -]?[a-z0-9])")
LENGTHS = {
    "ad": 24, "at": 20, "be": 16, "bg": 22, "ch": 21, "cy": 28, "cz": 24, "de": 22, "dk": 18, "ee": 20, "es": 24,
    "fi": 18, "fr": 27, "gb": 22, "gr": 27, "hr": 21, "hu": 28, "ie": 22, "is": 26, "it": 27, "li": 21, "lt": 20,
    "lu": 20, "lv": 21, "mc": 27, "mt": 31, "nl": 18, "no": 15, "pl": 28, "pt": 25, "ro": 24, "rs": 22, "se": 24,
    "si": 19, "sk": 24, "sm": 27, "tr": 26, "ua": 29,
}  # fmt: skip


def cards(folded: str, found: list[Number]) -> Iterator[tuple[int, int]]:
    """Where cards stand in the folded text, among its numbers."""
    tries = 0
    for number in found:
        numerals = number.numerals
        first = 0
        while first < len(numerals):
            digits, last = "", first
            while last < len(numerals) and len(digits) < 19:
                digits += numerals[last].digits
                last += 1
                if len(digits) >= 13 and ISSUERS.fullmatch(digits):
                    tries += 1
                    if tries > TRIES:
                        return
                    if luhn(digits) and not _is_count(folded, numerals[first].start, last - first):
                        yield numerals[first].start, numerals[last - 1].end
                        first = last - 1
                        break
            first += 1


def _is_count(folded: str, start: int, groups: int) -> bool:
    """A parcel's number in one piece may pass the check by chance."""
    words = re.findall(r"[a-z]+", folded[max(0, start - 40) : start])[-4:]
    return groups == 1 and not LEXICON.counting.isdisjoint(words)


def luhn(digits: str) -> bool:
    odd = sum(map(int, digits[-1::-2]))
    even = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (odd + even) % 10 == 0


def ibans(folded: str) -> Iterator[tuple[int, int]]:
    """Where account numbers stand in the folded text, whatever blanks are in them."""
    for match in BEGINNING.finditer(folded):
        length = LENGTHS.get(match[1])
        if length is None:
            continue
        said, end = "", match.start()
        while end < len(folded) and len(said) < length:
            character = folded[end]
            if character.isalnum():
                said += character
            elif character not in " -.":
                break
            end += 1
        if len(said) == length and not folded[end : end + 1].isalnum() and proven(said):
            yield match.start(), end


def proven(iban: str) -> bool:
    """Mod 97 of the number with its beginning put behind; letters count from 10."""
    return int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4])) % 97 == 1
