"""Phrases: what is asked, offered or threatened in words, found by the lexicon's lines.

Must never look further than a line reaches, nor at more places than TRIES: a text made to be slow is read that far.
"""

import re
from collections.abc import Iterator, Sequence

from chat.catching.kinds import Find
from chat.catching.lexicon import LEXICON, Element

TRIES = 1500
REACH = 4
WORD = re.compile(r"[a-z0-9_]+")
# Figures that stand for letters, in a word that has letters too.
LEET = str.maketrans("013457@$", "oleastas")


class Word:
    """A word of the folded text and where it stands."""

    __slots__ = ("end", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end


def words_of(folded: str) -> list[Word]:
    """The words, those written apart (`w h a t s`, `whats app`) put together."""
    found: list[Word] = []
    spelled = 0
    for match in WORD.finditer(folded):
        word = Word(match[0], match.start(), match.end())
        if len(word.text) == 1 and word.text.isalpha():
            spelled += 1
        else:
            _join_letters(found, spelled)
            spelled = 0
            word.text = _letters(word.text)
        found.append(word)
        if len(found) > 1 and (joined := LEXICON.joined.get((found[-2].text, word.text))):
            found[-2:] = [Word(joined, found[-2].start, word.end)]
    _join_letters(found, spelled)
    return found


def _letters(word: str) -> str:
    if word.isalpha() or word.isdigit():
        return word
    meant = word.translate(LEET)
    return meant if meant in LEXICON.phrases else word


def _join_letters(found: list[Word], spelled: int) -> None:
    """The last so many were single letters: as one word, where they are more than an abbreviation."""
    if spelled >= 4:
        letters = found[-spelled:]
        found[-spelled:] = [Word("".join(each.text for each in letters), letters[0].start, letters[-1].end)]


def phrases(words: Sequence[Word]) -> Iterator[Find]:
    """What the phrases come to, in places of the folded text."""
    tries = 0
    for at, word in enumerate(words):
        for phrase in LEXICON.phrases.get(word.text, ()):
            tries += 1
            if tries > TRIES:
                return
            first = _reach(words, at, phrase.before, -1)
            last = -1 if first < 0 else _reach(words, at, phrase.after, 1)
            if last >= 0 and not _is_meant_otherwise(words, first, last, phrase.kind):
                yield Find(words[first].start, words[last].end, phrase.kind)


def _reach(words: Sequence[Word], at: int, elements: Sequence[Element], step: int) -> int:
    """How far the elements lead from the word `at`; -1 where they do not fit. The nearest of all ways."""
    if not elements:
        return at
    element, rest = elements[0], elements[1:]
    if element.gap:
        for skipped in range(REACH + 1):
            if 0 <= at + step * skipped < len(words) and (found := _reach(words, at + step * skipped, rest, step)) >= 0:
                return found
        return -1
    following = at + step
    if 0 <= following < len(words) and words[following].text in element.words:
        found = _reach(words, following, rest, step)
        if found >= 0:
            return found
    return _reach(words, at, rest, step) if element.optional else -1


def _is_meant_otherwise(words: Sequence[Word], first: int, last: int, kind: str) -> bool:
    """An order's number is asked for every day."""
    unless = LEXICON.unless.get(kind)
    return unless is not None and any(word.text in unless for word in words[max(0, first - 1) : last + 3])
