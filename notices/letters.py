"""A letter: subject, preview, text and HTML in one person's language. Must never send anything, nor read a row."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, ngettext

from chat.rules import Role
from notices.facts import one_line, readable
from notices.words import WORDS, Words
from notices.words.waiting import OPEN_ALL


@dataclass(frozen=True, slots=True)
class About:
    """What a letter is about: the thread and order as they are now, and the other party."""

    thread: str
    title: str
    other: str
    role: Role


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom it is for. `switch` is the address where letters of this kind are switched off, or ""."""

    name: str
    locale: str
    switch: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation with messages that have not been read."""

    thread: str
    title: str
    other: str
    count: int


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready to leave. `thread` is where it leads, "" to several."""

    subject: str
    preview: str
    text: str
    html: str
    language: str
    thread: str


def language_of(locale: str) -> str:
    """The language of ours that a person's locale asks for; English where we have none."""
    wanted = locale.replace("_", "-").partition("-")[0].lower()
    return wanted if wanted in dict(settings.LANGUAGES) else "en"


def address_of(thread: str) -> str:
    """The page of a thread, or of all of them for ""."""
    return f"{settings.PUBLIC_URL}/t/{quote(thread, safe='')}" if thread else f"{settings.PUBLIC_URL}/"


def letter(notice: str, about: About, facts: Mapping[str, Any], reader: Reader, url: str = "") -> Letter | None:
    """The letter of a notice to a party; None where it is not for this role. It leads to `url`, or to the thread."""
    words = WORDS[notice].get(about.role)
    if words is None:
        return None
    language = language_of(reader.locale)
    with translation.override(language):
        known = readable(facts, about.title, about.other, about.role)
        return _written(words, known, reader, language, about.thread, url=url)


def waiting_letter(waiting: list[Waiting], reader: Reader) -> Letter:
    """How many messages wait in which conversations; the first words of none."""
    words = WORDS["messages.waiting"][Role.BUYER]
    language = language_of(reader.locale)
    with translation.override(language):
        places = [{"said": _count(each), "url": address_of(each.thread)} for each in waiting]
        if len(waiting) == 1:
            return _written(words, {}, reader, language, waiting[0].thread, places)
        return _written(replace(words, button=OPEN_ALL), {}, reader, language, "", places)


def _count(each: Waiting) -> str:
    text = ngettext(
        "“%(title)s”: %(count)d new message from %(other)s",
        "“%(title)s”: %(count)d new messages from %(other)s",
        each.count,
    )
    return text % {"title": one_line(each.title), "other": one_line(each.other), "count": each.count}


def _written(
    words: Words,
    known: Mapping[str, str],
    reader: Reader,
    language: str,
    thread: str,
    places: list[dict[str, str]] | None = None,
    url: str = "",
) -> Letter:
    lines = [line for line in (_filled(each, known) for each in words.lines) if line]
    subject = gettext(words.subject) % known
    preview = places[0]["said"] if places else lines[0]
    said = {
        "subject": subject,
        "preview": preview,
        "hello": gettext("Hello %(name)s,") % {"name": one_line(reader.name)} if reader.name else gettext("Hello,"),
        "lines": lines,
        "places": places or [],
        "button": gettext(words.button),
        "url": url or address_of(thread),
        "why": gettext("You get this e-mail because you have an order here."),
        "switch": reader.switch,
        "off": gettext("No more e-mails of this kind"),
        "site": settings.SITE_NAME,
        "language": language,
    }
    text = render_to_string("notices/letter.txt", said)
    html = render_to_string("notices/letter.html", said)
    return Letter(subject, preview, text, html, language, thread)


def _filled(line: str, known: Mapping[str, str]) -> str:
    """The line in the active language; "" where one of its facts is not known."""
    try:
        return gettext(line) % known
    except KeyError:
        return ""
