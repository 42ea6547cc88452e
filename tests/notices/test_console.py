"""Who tries the server out sees that a letter went, not its MIME."""

import io

from django.core.mail import EmailMultiAlternatives

from notices.console import EmailBackend


def test_a_letter_is_one_line_on_the_demo_s_console() -> None:
    screen = io.StringIO()
    letter = EmailMultiAlternatives("Delivered: A logo", "Dear Kim,\n…", to=["kim@example.com"])
    letter.attach_alternative("<p>Dear Kim,</p>", "text/html")
    assert EmailBackend(stream=screen).send_messages([letter]) == 1
    (line,) = screen.getvalue().splitlines()
    assert line.startswith("e-mail to kim@example.com: Delivered: A logo")
    assert line.endswith("/demo/letters)")
