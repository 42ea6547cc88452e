"""Figures and words for figures, put together to numbers as a reader would: `0151 23 45`, `null one five`, `double 7`.

Must never decide what a number is (phones.py, accounts.py); one pass, whatever the text.
"""

import re
from dataclasses import dataclass

from chat.catching.lexicon import LEXICON

TOKEN = re.compile(r"[0-9]+|[a-z_]+")
APART = frozenset(" .-/()+,\t\n'*_|")
WIDE = 5
# How many of such words may follow each other.
PATIENCE = 2
# Said between figures, or meant for one.
FILLERS = frozenset(
    ("and", "et", "und", "then", "puis", "dann", "dash", "space", "minus", "tiret", "strich", "hyphen", "slash", "dot")
)
SEEN_AS = {"o": "0", "l": "1", "i": "1"}


@dataclass(slots=True)
class Numeral:
    """One group of digits, as it stands in the folded text."""

    digits: str
    start: int
    end: int
    spelled: bool = False


@dataclass(slots=True)
class Number:
    """Numerals with nothing but signs between them."""

    numerals: list[Numeral]
    plus: bool = False

    @property
    def digits(self) -> str:
        return "".join(each.digits for each in self.numerals)

    @property
    def start(self) -> int:
        return self.numerals[0].start

    @property
    def end(self) -> int:
        return self.numerals[-1].end


class Reader:
    """Goes through the words and figures of a text once and puts together what belongs together."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.found: list[Number] = []
        self.run: list[Numeral] = []
        self.plus = False
        self.begin()

    def begin(self, *, plus: bool = False) -> None:
        """Whatever comes next belongs to no number so far."""
        if self.run:
            self.found.append(Number(self.run, self.plus))
        self.run = []
        self.plus, self.times, self.waiting = plus, 1, 0

    def take(self, said: str, start: int, end: int, between: str) -> None:
        """The next word or figures, and what stands before."""
        if self.run and not (self.waiting <= PATIENCE and _is_light(between)):
            self.begin()
        if digits := self.meant(said, start, end):
            self.add(digits, start, end, between)
        elif said in LEXICON.repeats:
            self.times, self.waiting = LEXICON.repeats[said], self.waiting + 1
        elif said == "plus" and not self.run:
            self.plus = True
        elif said in FILLERS and self.run:
            self.waiting += 1
        else:
            if self.run and self.run[-1].end == start:
                self.run.pop()
            self.begin()

    def add(self, digits: str, start: int, end: int, between: str) -> None:
        figures = self.folded[start].isdigit()
        if "+" in between and self.run:
            self.begin(plus=True)
        elif not self.run:
            self.plus = self.plus or "+" in self.folded[max(0, start - 2) : start]
        if figures and not between and start and not (self.run and self.run[-1].end == start):
            # A figure inside a word: `A4`, `v2`, `x1080`.
            self.begin()
            return
        self.run.append(Numeral(digits * self.times, start, end, spelled=not figures))
        self.times, self.waiting = 1, 0

    def meant(self, said: str, start: int, end: int) -> str:
        """The figures that it stands for; none for an ordinary word."""
        if said.isdigit():
            return said
        if value := LEXICON.digits.get(said):
            return value
        beside = self.folded[end : end + 1].isdigit() or (self.run and self.run[-1].end == start)
        if said.strip("oli") == "" and (beside or (self.run and said == "o")):
            return "".join(SEEN_AS[letter] for letter in said)
        return ""


def numbers(folded: str, reach: tuple[int, int]) -> list[Number]:
    """Every number of that part of the text, in order."""
    reader, end = Reader(folded), reach[0]
    for match in TOKEN.finditer(folded, *reach):
        reader.take(match[0], match.start(), match.end(), folded[end : match.start()])
        end = match.end()
    reader.begin()
    return reader.found


def _is_light(between: str) -> bool:
    """Whether what stands between two numerals still holds them together."""
    return len(between) <= WIDE and APART.issuperset(between) and between.count("\n") < 2
