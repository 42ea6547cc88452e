"""The statement of reasons behind a letter's link, for a person who may not sign in, over HTTP and without a script."""

import re

import pytest

from chat import people
from moderation import links
from moderation.models import Decision
from notices.delivery import deliver
from tests.api.market import Market
from tests.market import Deal
from tests.notices.conftest import Outbox
from tests.notices.test_delivery import job

WHY = "asking to pay outside"


@pytest.fixture
def path(market: Market) -> str:
    """Kim's statement: mia has just suspended her."""
    thread = market.place()["thread"]
    said = market.command(market.mia, thread, "moderation.suspend", user=market.kim, reason=WHY)
    assert said.status_code == 200, said.text
    market.command(market.mia, thread, "moderation.warn", user=market.sam, reason=WHY)
    return "/decisions/" + links.link(market.kim, Decision.objects.get(user=market.kim).id).rpartition("/")[2]


def test_a_suspended_kim_reads_why_and_appeals_once(market: Market, path: str) -> None:
    page = market.http.get(path)
    assert page.status_code == 200
    assert "suspended your account" in page.text
    assert WHY in page.text
    assert "<script" not in page.text
    assert market.mia not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "'unsafe" not in page.headers["content-security-policy"]
    said = market.http.post(path, data={"text": " "})
    assert "Please write why you do not agree." in said.text
    said = market.http.post(path, data={"text": "It was my brother"})
    assert (said.status_code, said.headers["location"]) == (302, path)
    page = market.http.get(path)
    assert "It was my brother" in page.text
    assert "<form" not in page.text
    assert "It was not" not in market.http.post(path, data={"text": "It was not"}).text.replace("<textarea", "")


def test_kim_hears_there_what_lea_makes_of_it(market: Market, path: str) -> None:
    market.http.post(path, data={"text": "It was my brother"})
    named = links.read(path.rpartition("/")[2])
    assert named
    shown = links.shown(*named)
    assert shown
    ruling = {"appeal": shown["appeal"]["appeal"], "outcome": "overturned", "reason": "it was her brother indeed"}
    said = market.command(market.lea, market.place()["thread"], "moderation.rule_appeal", **ruling)
    assert said.status_code == 200, said.text
    page = market.http.get(path).text
    assert "The decision was overturned." in page
    assert "it was her brother indeed" in page
    assert market.get(market.kim, "threads").status_code == 200


def test_the_page_speaks_french_to_who_does(market: Market, path: str) -> None:
    market.put(market.kim, locale="fr")
    assert "suspendu votre compte" in market.http.get(path).text


def test_a_link_that_was_not_made_here_opens_nothing(market: Market, path: str) -> None:
    assert market.http.get(path).status_code == 200
    foreign = "/decisions/" + links.link(market.sam, links.read(path.rpartition("/")[2])[1]).rpartition("/")[2]  # type: ignore[index]
    for wrong in (path[:-1], path + "x", "/decisions/x", foreign):
        assert market.http.get(wrong).status_code == 404
        assert market.http.post(wrong, data={"text": "Let me in"}).status_code == 404


def test_who_knocks_too_often_waits(market: Market) -> None:
    """In one process: how many there are decides how often that is."""
    assert market.http.get("/decisions/x").status_code == 404
    assert any(market.http.get("/decisions/x").status_code == 429 for _ in range(300))


def test_a_suspended_kim_gets_the_letter_with_the_link_and_without_the_reason(deal: Deal, outbox: Outbox) -> None:
    people.suspend(deal.kim.user, "a test")
    deliver(job(deal.kim, "order.started"))
    assert outbox == []
    told = job(deal.kim, "decision.made", act="moderation.suspend", decision="d1", reason=WHY)
    deliver({**told, "thread": "", "order": ""})
    (letter,) = outbox
    assert letter.subject == "A decision of the moderators"
    assert "suspended your account" in letter.body
    assert WHY not in letter.body
    (token,) = re.findall(r"https://orders\.example/decisions/(\S+)", letter.body)
    assert links.read(token) == (deal.kim.user, "d1")
