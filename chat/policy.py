"""The numbers of conversation: windows and budgets of domain.md, by profile (`profiles/`), each a setting (`POLICY_…`).

Pure: must never import Django. A window is open while now < its end.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import Field

from chat.profiles import Profiled, load


class Policy(Profiled):
    """domain.md's defaults, whole numbers all."""

    section: ClassVar[str] = "conversation"

    edit_minutes: int = Field(15, ge=1, description="an author may edit or delete a message")
    follow_ups: int = Field(3, ge=0, description="seller's messages after close since the buyer's last one")
    quiet_minutes: int = Field(15, ge=1, description="a message waits unread before its reader gets a notice")
    watch_minutes: int = Field(60, ge=1, description="a moderator's look lasts")

    def edit_until(self, sent: datetime) -> datetime:
        return sent + timedelta(minutes=self.edit_minutes)

    def watch_until(self, began: datetime) -> datetime:
        return began + timedelta(minutes=self.watch_minutes)


policy = load(Policy)
