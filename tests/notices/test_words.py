"""Every notice has its letter, in every language, and no letter says what it must not."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from api.schemas import entry_kinds
from chat.rules import Role
from notices import catalogue
from notices.kinds import NOTICES, SILENT, STEPS, Switch, named
from notices.letters import About, Reader, letter
from notices.samples import FACTS, names, sample
from notices.words import WORDS
from orders import deadlines
from orders.process import ORDER

LETTERS = sorted(names())
BOTH = pytest.mark.parametrize(("notice", "role"), LETTERS, ids=str)
DEADLINES = {name for shown in deadlines.NAMES.values() for name in shown}


def test_whatever_can_happen_is_told_or_said_to_be_silent() -> None:
    told = {kind for kind in entry_kinds() if named(kind, {})} | {"order.changed"}
    assert told | set(SILENT) >= set(entry_kinds())
    assert not told & set(SILENT)
    assert set(WORDS) == set(NOTICES)
    assert {kind.removeprefix("reminder.") for kind in NOTICES if kind.startswith("reminder.")} == {
        *DEADLINES, "offer_expires_at", "proposal_expires_at",
    }  # fmt: skip


def test_every_step_that_moves_an_order_has_its_letter_or_another_entry_that_tells() -> None:
    moving = {row.action.rpartition(".")[2].replace(":", "_") for row in ORDER.rows if row.to}
    assert len(moving) > 15
    assert moving <= set(STEPS)
    assert {step for step in STEPS.values() if step} <= set(NOTICES)


def test_only_what_is_no_duty_may_be_switched_off() -> None:
    assert {notice: switch for notice, switch in NOTICES.items() if switch} == {
        "messages.waiting": Switch.MESSAGES,
        "reminder.offer_expires_at": Switch.OFFERS,
        "reminder.review_until": Switch.REVIEWS,
    }


@BOTH
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_letter_has_all_its_parts_and_no_hole(notice: str, role: Role, language: str) -> None:
    made = sample(notice, role, language)
    assert made.subject
    assert "\n" not in made.subject
    assert len(made.subject) < 90
    assert made.preview in made.text.replace("\r", "")
    for part in (made.subject, made.preview, made.text, made.html):
        assert "%(" not in part
        assert "None" not in part
    assert "https://" in made.text or "http://localhost" in made.text
    assert f'<html lang="{language}">' in made.html
    assert ("/letters/" in made.text) is (NOTICES[notice] is not None)


@BOTH
def test_a_letter_is_whole_without_any_fact_of_its_job(notice: str, role: Role) -> None:
    if notice == "messages.waiting":
        return
    made = letter(notice, About("t1", "A logo", "Sam", role), {}, Reader("", ""))
    assert made is not None
    assert made.preview
    assert "%(" not in made.text


@BOTH
def test_no_letter_passes_on_what_a_person_wrote(notice: str, role: Role) -> None:
    if notice == "messages.waiting":
        return
    secret = "call me at +33 6 12 34 56 78"
    written = dict.fromkeys(
        ("text", "reason", "note", "statement", "description", "answer", "ground", "title", "other", "name", "preview"),
        secret,
    )
    offer = {**written, "expires_at": secret, "price": secret}
    facts: dict[str, Any] = {
        **FACTS,
        **written,
        "offer": offer,
        "proposal": {**offer, "kind": secret},
        "outcome": secret,
        "at": secret,
    }
    made = letter(notice, About("t1", "A logo", "Sam", role), facts, Reader("Kim", "en"))
    assert made is not None
    assert "+33" not in made.subject + made.text + made.html


def test_a_title_with_markup_stays_text_and_one_line() -> None:
    about = About("t/1", "<b>Logo</b>\r\nBcc: odd@example.com", "<i>Sam</i>", Role.BUYER)
    made = letter("order.delivered", about, {}, Reader("<u>", "en"))
    assert made is not None
    assert not re.search(r"<(b|i|u)>", made.html)
    assert made.subject == "Delivered: <b>Logo</b> Bcc: odd@example.com"
    assert "/t/t%2F1" in made.html


def test_french_readers_get_french_and_all_others_english() -> None:
    subjects = {
        locale: sample("order.delivered", Role.BUYER, locale).subject for locale in ("", "fr-CA", "fr_FR", "de")
    }
    assert subjects["fr-CA"] == subjects["fr_FR"] == "Livraison\N{NO-BREAK SPACE}: Logo for a bakery"
    assert subjects[""] == subjects["de"] == "Delivered: Logo for a bakery"


def test_money_and_times_are_written_as_the_language_writes_them() -> None:
    about = About("t1", "A logo", "Sam", Role.SELLER)

    def text(locale: str, amount: int, currency: str) -> str:
        facts = {
            "payments": {"held": {"amount": amount, "currency": currency}},
            "deadlines": {"start_by": "2026-11-26T09:00:00.000Z"},
        }
        made = letter("order.placed", about, facts, Reader("Sam", locale))
        assert made is not None
        return made.text.replace("\N{NO-BREAK SPACE}", " ")

    assert "120.05 EUR" in text("en", 12_005, "EUR")
    assert "120,05 EUR" in text("fr", 12_005, "EUR")
    assert "1200 JPY" in text("en", 1200, "JPY")
    assert "0.005 KWD" in text("en", 5, "KWD")
    assert "26 November 2026, 09:00 UTC" in text("en", 1, "EUR")
    assert "26 novembre 2026 à 09:00 UTC" in text("fr", 1, "EUR")


@pytest.mark.parametrize("language", [name for name, _ in settings.LANGUAGES if name != "en"])
def test_every_text_is_translated_with_the_same_facts(language: str) -> None:
    known = catalogue.read(catalogue.po_of(language).read_text())
    texts = catalogue.texts()
    assert len(texts) > 150
    for message in texts:
        said = known[message]
        assert all(said), message
        for each in said:
            assert facts_of(each) == facts_of(message.text), message


def facts_of(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]", text))


def test_the_translations_are_compiled_as_they_stand() -> None:
    call_command("translations", "--check")


def test_a_stale_translation_would_be_noticed() -> None:
    po = catalogue.po_of("fr").read_text()
    assert catalogue.compiled(po.replace("Bravo", "Bien joué")) != catalogue.compiled(po)
    assert catalogue.written(po.replace('msgid "Hello,"', 'msgid "Hi,"')) != po
