"""What is done about a find: by kind, order state and the category of what is sold; the profile's `[catching]`.

Pure: must never import Django. A state is a word here, looked up and never understood; orders/process.py knows them.
"""

import os
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_settings import BaseSettings, InitSettingsSource, NoDecode, PydanticBaseSettingsSource

from chat.catching.kinds import KINDS
from chat.profiles import Profiled, UnfitError, load

# What a category may exempt: a way to reach somebody can be part of the work, blackmail and a card cannot.
CONTACTS = frozenset({"phone", "email", "link", "handle"})
VARIABLE = "CATCHING"


class Action(StrEnum):
    """The least strict first."""

    ALLOW = "allow"
    FLAG = "flag"
    MASK = "mask"
    HOLD = "hold"


STRICTNESS = {action: n for n, action in enumerate(Action)}
Names = Annotated[
    frozenset[str],
    NoDecode,
    BeforeValidator(lambda value: value.split("+") if isinstance(value, str) else value),
]


class Kinds(BaseModel):
    """An action for some of the kinds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phone: Action | None = None
    email: Action | None = None
    link: Action | None = None
    handle: Action | None = None
    payment_outside: Action | None = None
    asking: Action | None = None
    review_blackmail: Action | None = None
    threat: Action | None = None
    card: Action | None = None
    iban: Action | None = None


class Conduct(Profiled):
    """Nothing is held or refused by default, and every message is delivered as it is, but for cards."""

    section: ClassVar[str] = "catching"

    phone: Action = Field(Action.FLAG, description="phone numbers, spelled out or in pieces, too")
    email: Action = Field(Action.FLAG, description="e-mail addresses, spelled out, too")
    link: Action = Field(Action.FLAG, description="links")
    handle: Action = Field(Action.FLAG, description="names on messengers and networks")
    payment_outside: Action = Field(Action.FLAG, description="payment past the escrow")
    asking: Action = Field(Action.FLAG, description="asking for a contact")
    review_blackmail: Action = Field(Action.FLAG, description="a review for money or money for a review")
    threat: Action = Field(Action.FLAG, description="threats")
    card: Action = Field(Action.MASK, description="card numbers")
    iban: Action = Field(Action.FLAG, description="bank accounts")
    exempt: Names = Field(frozenset(), description="categories of orders whose contacts are part of the work, by `+`")
    states: dict[str, Kinds] = Field(default_factory=dict, description="other actions in this state of the order")

    @classmethod
    def variable(cls, name: str) -> str:
        """One variable says it all."""
        return f"{VARIABLE}: {name}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """CATCHING before the profile; there is no variable for each."""
        sources = super().settings_customise_sources(
            settings_cls, init_settings, env_settings, dotenv_settings, file_secret_settings
        )
        said = InitSettingsSource(settings_cls, said_by_environment())
        return init_settings, said, *sources[2:]

    def action(self, kind: str, state: str, category: str) -> Action:
        """What is done about a find of this kind in a thread whose order stands so."""
        if category and category in self.exempt and kind in CONTACTS:
            return Action.ALLOW
        there = self.states.get(state)
        said: Action | None = getattr(there, kind) if there is not None else None
        return said or getattr(self, kind)


def said_by_environment() -> dict[str, Any]:
    """`phone=hold,closed.email=mask,exempt=voice-over+radio`. Raises UnfitError."""
    said: dict[str, Any] = {}
    for part in filter(None, (os.environ.get(VARIABLE) or "").replace(" ", "").split(",")):
        name, sign, value = part.partition("=")
        state, dot, kind = name.rpartition(".")
        if not (sign and value) or kind not in (*KINDS, "exempt") or (dot and kind == "exempt"):
            raise UnfitError(f"{VARIABLE}: {part!r} is not like phone=hold, closed.phone=mask or exempt=voice-over")
        if dot:
            said.setdefault("states", {}).setdefault(state, {})[kind] = value
        else:
            said[name] = value
    return said


conduct = load(Conduct)
