"""Which numbers are to be called: by their sign, their shape, the words around them, and phonenumbers' knowledge.

Must never ask phonenumbers more than ASKED times for a text: its answer costs more than all the rest.
"""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers.phonemetadata import PhoneMetadata

from chat.catching.lexicon import LEXICON
from chat.catching.numerals import Number, Numeral, numbers

REGIONS = ("DE", "FR", "GB", "AT", "CH", "BE", "NL", "IT")
ASKED = 12
LONGEST = 15
NEAR = 60
BESIDE = 10
FIGURES = re.compile("[0-9](?:.*[0-9])?", re.DOTALL)
WORD = re.compile(r"[a-z_]+|#|nr|n°")
# What has a shape of its own: dates, times, amounts, sizes, versions and addresses of machines, books, coordinates.
SHAPES = re.compile(
    r"""(?=[-0-9€$£¥#]) (?:
    (?<![0-9]) (?:19|20)[0-9]{2} ([-./]) (?:0?[1-9]|1[0-2]) \1 (?:[0-2]?[0-9]|3[01]) (?![-./]?[0-9])
  | (?<![0-9][-./]) (?<![0-9]) (?:[0-2]?[0-9]|3[01]) ([-./]) \s? (?:0?[1-9]|1[0-2]) \2 \s? (?:19|20)?[0-9]{2}
    (?![-./]?[0-9])
  | [€$£¥#] \s? [0-9][0-9.,']{0,15} (?:[ ][0-9]{3}){0,3}
  | (?<![0-9]) [0-9]{1,3} (?:[ .,'][0-9]{3}){0,4} (?:[.,][0-9]{1,2})? \s?
    (?:€|\$|£|%|eur|usd|gbp|chf|euro|euros|dollars?|k\b|px\b|mm\b|cm\b|kg\b)
  | (?<![0-9]) [0-9]{1,5} \s? [x*] \s? [0-9]{1,5} (?:\s?[x*]\s?[0-9]{1,5})? (?![0-9])
  | (?<![0-9.]) [0-9]{1,3} (?:\.[0-9]{1,3}){3} (?![.]?[0-9])
  | (?<![0-9.,/-]) [0-9]{1,4} [.,] [0-9]{1,2} (?![ .,/-]?[0-9])
  | (?<![0-9]) 97[89] (?:[- ]?[0-9]){10} (?![0-9])
  | (?<![0-9.]) -?[0-9]{1,3}\.[0-9]{4,9} (?![0-9])
  | (?<![0-9]) (?:[01]?[0-9]|2[0-3]) : [0-5][0-9] (?: : [0-5][0-9])? (?![0-9])
  | (?<![0-9]) (?:19|20)[0-9]{2} \s? [-/] \s? (?:19|20)[0-9]{2} (?![-./ ]?[0-9])
  | (?<![0-9]) [0-9]{8} [t_] [0-9]{4,6} (?![0-9])
    )""",
    re.VERBOSE,
)
AMERICAN = re.compile(r"(?:1[ .-]?)?\(?[2-9][0-9]{2}\)?[ .-]{1,2}[2-9][0-9]{2}[ .-][0-9]{4}")
COUNTED = ("0123456789", "1234567890")


class Phones:
    """The phone numbers of one text."""

    def __init__(self, folded: str, *, spelled: bool) -> None:
        self.folded = folded
        self.asked = 0
        self.reach = (0, len(folded)) if spelled else part_with_digits(folded)
        first, last = self.reach
        self.plain = folded[:first] + SHAPES.sub(_blot, folded[first:last]) + folded[last:]

    def found(self) -> Iterator[tuple[int, int]]:
        """Where they stand in the folded text."""
        for number in self.numbers():
            if self.is_phone(number):
                signs = self.folded[: number.start]
                yield len(signs.rstrip("+(")), number.end

    def numbers(self) -> Iterator[Number]:
        for number in numbers(self.plain, self.reach):
            yield from apart(number)

    def fragments(self) -> list[Number]:
        """What might be a piece of a number that comes in several messages."""
        return [each for each in self.numbers() if 2 <= len(each.digits) <= 12 and not self.is_count(each)]

    def is_phone(self, number: Number) -> bool:
        digits = number.digits
        if not 6 <= len(digits) <= LONGEST:
            return False
        if number.plus or digits.startswith("00"):
            return self.is_international(digits.removeprefix("00")) or self.is_called(number)
        if self.is_count(number):
            return False
        if sum(each.spelled for each in number.numerals) >= 3:
            return len(digits) >= 7 and not any(digits in line for line in COUNTED)
        if self.is_called(number) and (len(digits) >= 7 or len(number.numerals) == 1):
            return True
        if digits[0] == "0":
            return len(digits) >= 9 and self.is_somewhere(digits)
        return (
            AMERICAN.fullmatch(self.folded, number.start - (self.folded[number.start - 1 :][:1] == "("), number.end)
            is not None
        )

    def is_international(self, digits: str) -> bool:
        return len(digits) >= 8 and self.ask(f"+{digits}", None)

    def is_somewhere(self, digits: str) -> bool:
        return any(self.ask(digits, region) for region in REGIONS)

    def ask(self, digits: str, region: str | None) -> bool:
        """What was asked too often is believed."""
        self.asked += 1
        if self.asked > ASKED:
            return True
        try:
            return phonenumbers.is_valid_number(phonenumbers.parse(digits, region))
        except phonenumbers.NumberParseException:
            return False

    def is_called(self, number: Number) -> bool:
        """Whether the words beside it speak of calling."""
        before = WORD.findall(self.folded[max(0, number.start - NEAR) : number.start])[-4:]
        after = WORD.findall(self.folded[number.end : number.end + NEAR])[:3]
        return not LEXICON.call.isdisjoint(before) or not LEXICON.call.isdisjoint(after)

    def is_count(self, number: Number) -> bool:
        """Whether the words before it say that it names or counts something."""
        before = WORD.findall(self.folded[max(0, number.start - NEAR) : number.start])[-4:]
        return "#" in before[-1:] or not LEXICON.counting.isdisjoint(before)


def part_with_digits(folded: str) -> tuple[int, int]:
    """From a little before the first digit to a little after the last: as far as signs beside them reach."""
    match = FIGURES.search(folded)
    return (max(0, match.start() - BESIDE), min(len(folded), match.end() + BESIDE)) if match else (0, 0)


def _blot(found: re.Match[str]) -> str:
    return "x" * len(found[0])


def apart(number: Number) -> Iterator[Number]:
    """The number; or, where more than one stand side by side, each."""
    part: list[Numeral] = []
    length = 0
    for numeral in number.numerals:
        begins = numeral.digits.startswith("0") and length >= 9
        if part and (begins or length + len(numeral.digits) > LONGEST):
            yield Number(part, number.plus and part[0] is number.numerals[0])
            part, length = [], 0
        part.append(numeral)
        length += len(numeral.digits)
    yield Number(part, number.plus and part[0] is number.numerals[0])


def is_pieced(digits: str) -> bool:
    """Whether pieces from several messages make one number: only what begins as one does."""
    if not 9 <= len(digits) <= 13 or digits[0] != "0":
        return False
    phones = Phones("", spelled=False)
    return phones.is_international(digits[2:]) if digits.startswith("00") else phones.is_somewhere(digits)


def prepare() -> None:
    """Read what phonenumbers would read from files with the first number of each region."""
    for region in (*REGIONS, "US"):
        PhoneMetadata.metadata_for_region(region)
        phonenumbers.is_valid_number(phonenumbers.parse("0123456789", region))


prepare()
