"""Letters through a real mail server: what arrives, and what becomes of a refusal."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from notices import preferences
from notices.delivery import NotDelivered, deliver
from notices.environment import mail_settings
from notices.kinds import Switch
from notices.once import key_of
from tests.market import Deal
from tests.notices.post import Post, open_post
from tests.notices.test_delivery import job, waiting


@pytest.fixture
def post() -> Iterator[Post]:
    with open_post() as post:
        configured = mail_settings(f"smtp+plain://localhost:{post.port}", trying=False)
        with override_settings(
            **configured, PUBLIC_URL="https://orders.example", DEFAULT_FROM_EMAIL="Shop <a@b.example>"
        ):
            yield post


def test_a_letter_arrives_as_text_and_html_with_what_mail_programs_want(deal: Deal, post: Post) -> None:
    told = waiting(deal.kim)
    deliver(told)
    (letter,) = post.letters
    assert letter["From"] == "Shop <a@b.example>"
    assert letter["To"] == f"{deal.kim.user}@example.com"
    assert letter["Message-ID"] == f"<{key_of(told)}@orders.example>"
    link = preferences.link(deal.kim.user, Switch.MESSAGES)
    assert str(letter["List-Unsubscribe"]).replace(" ", "") == f"<{link}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.get_content_type() == "multipart/alternative"
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "2 new messages from Sam" in text.get_content()
    assert "2 new messages from Sam" in html.get_content()


def test_a_letter_that_was_put_off_comes_later_under_the_same_message_id(deal: Deal, post: Post) -> None:
    told = job(deal.kim, "order.started")
    post.refusals["DATA"] = "451 later"
    with pytest.raises(NotDelivered):
        deliver(told)
    assert post.letters == []
    deliver(told)
    deliver(told)
    assert [letter["Message-ID"] for letter in post.letters] == [f"<{key_of(told)}@orders.example>"]


def test_an_address_that_is_refused_for_good_is_not_asked_again(
    deal: Deal, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    told = job(deal.kim, "order.started")
    post.refusals["RCPT"] = "550 no such person"
    deliver(told)
    deliver(told)
    assert post.letters == []
    assert "refused for good" in caplog.text
    assert deal.kim.user not in caplog.text
    post.refusals["RCPT"] = "450 mailbox busy"
    with pytest.raises(NotDelivered):
        deliver(job(deal.kim, "order.started"))


def test_a_mail_server_that_is_down_fails_the_job(deal: Deal, post: Post) -> None:
    with override_settings(EMAIL_PORT=1), pytest.raises(NotDelivered, match="mail"):
        deliver(job(deal.kim, "order.started"))
    deliver(job(deal.kim, "order.started"))
    assert len(post.letters) == 1
