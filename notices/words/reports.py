"""What became of a report. Never who wrote the message, what it said, or what else was found."""

from chat.rules import Role
from notices.words.words import Words, _, both

SUBJECT = _("Your report: %(title)s")

REPORTS: dict[str, dict[Role, Words]] = {
    "report.upheld": both(
        Words(
            SUBJECT,
            (
                _("The moderators agree with your report of a message in “%(title)s”."),
                _("Its author has been told why."),
            ),
        ),
    ),
    "report.dismissed": both(
        Words(
            SUBJECT,
            (
                _("The moderators have looked at the message that you reported in “%(title)s”."),
                _("They found that it does not break the rules."),
            ),
        ),
    ),
}
