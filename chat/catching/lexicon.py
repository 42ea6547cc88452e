"""The words of every language, read from `words/*.toml` once. To teach it a phrase, write a line there.

Must never hold a word itself.
"""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "words"
GAP = ".."


class Element(NamedTuple):
    """One place of a phrase: any of these words; or a gap of up to four words."""

    words: frozenset[str]
    optional: bool = False
    gap: bool = False


class Phrase(NamedTuple):
    """A phrase around its rarest word, by which it is looked for. `before` is read backwards from there."""

    kind: str
    before: tuple[Element, ...]
    after: tuple[Element, ...]


class Lexicon(NamedTuple):
    """All languages together: people mix them."""

    digits: dict[str, str]
    repeats: dict[str, int]
    call: frozenset[str]
    counting: frozenset[str]
    at: frozenset[str]
    dot: frozenset[str]
    joined: dict[tuple[str, str], str]
    apps: frozenset[str]
    phrases: dict[str, tuple[Phrase, ...]]
    unless: dict[str, frozenset[str]]


def read() -> Lexicon:
    """Raises ValueError for a phrase that cannot be read."""
    files = [tomllib.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.toml"))]
    lists: dict[str, list[str]] = {}
    for file in files:
        for name, words in file.get("lists", {}).items():
            lists.setdefault(name, []).extend(words)
    phrases: dict[str, list[Phrase]] = {}
    for file in files:
        for kind, lines in file.get("phrases", {}).items():
            for line in lines:
                for anchor, phrase in _phrases(kind, line, lists):
                    phrases.setdefault(anchor, []).append(phrase)
    joined = {(first, second): first + second for file in files for first, second in file.get("joined", [])}
    unless: dict[str, set[str]] = {}
    for file in files:
        for kind, words in file.get("unless", {}).items():
            unless.setdefault(kind, set()).update(words)
    return Lexicon(
        digits={word: value for file in files for word, value in file.get("digits", {}).items()},
        repeats={word: times for file in files for word, times in file.get("repeats", {}).items()},
        call=frozenset(lists["call"]),
        counting=frozenset(lists["count"]),
        at=frozenset(lists["at"]),
        dot=frozenset(lists["dot"]),
        joined=joined,
        apps=frozenset(lists["app"]),
        phrases={anchor: tuple(found) for anchor, found in phrases.items()},
        unless={kind: frozenset(words) for kind, words in unless.items()},
    )


def _phrases(kind: str, line: str, lists: dict[str, list[str]]) -> list[tuple[str, Phrase]]:
    """A line as it stands in the files: `give me|us .. your *number|phone`, `?` before what may be missing."""
    places = line.split(" ")
    anchors = [n for n, place in enumerate(places) if place.startswith("*")]
    if len(anchors) != 1:
        raise ValueError(f"{kind}: one word of {line!r} must be marked with a *, by which it is looked for")
    (at,) = anchors
    elements = [_element(place, lists) for place in places]
    phrase = Phrase(kind, tuple(reversed(elements[:at])), tuple(elements[at + 1 :]))
    return [(word, phrase) for word in elements[at].words]


def _element(place: str, lists: dict[str, Any]) -> Element:
    if place == GAP:
        return Element(frozenset(), optional=True, gap=True)
    words: set[str] = set()
    for word in place.lstrip("*?").split("|"):
        words.update(lists[word[1:-1]] if word.startswith("<") else [word])
    return Element(frozenset(words), optional=place.startswith("?"))


LEXICON = read()
