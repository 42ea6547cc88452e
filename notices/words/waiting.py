"""Messages that came while somebody was away: how many, in which conversations, from whom, never what."""

from chat.rules import Role
from notices.words.words import Words, _, both

OPEN_ALL = _("Open your conversations")

# The list of conversations is added by the letter itself.
WAITING: dict[str, dict[Role, Words]] = {
    "messages.waiting": both(
        Words(_("New messages while you were away"), (_("There are new messages for you."),)),
    ),
    "message.staff": both(
        Words(
            _("A message from the moderators: %(title)s"),
            (_("The moderators have written to you in the conversation of “%(title)s”."),),
        ),
    ),
}
