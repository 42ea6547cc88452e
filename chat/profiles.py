"""Which marketplace's rules hold: a file of `profiles/`, chosen by PROFILE, each number still set by its POLICY_….

Pure: must never import Django. A profile that is not right refuses to start, and says what is wrong.
"""

import os
import tomllib
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from pydantic import ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

FOLDER = Path(__file__).resolve().parent.parent / "profiles"
DEFAULT = "default"
SECTIONS = frozenset({"catching", "conversation", "trade"})

P = TypeVar("P", bound="Profiled")


class UnfitError(ValueError):
    """A profile, or a number set beside it, by which no server may start."""


class Profiled(BaseSettings):
    """Numbers of the rules: from the environment, else from the profile's section, else the model's own."""

    model_config = SettingsConfigDict(env_prefix="POLICY_", env_ignore_empty=True, frozen=True)
    section: ClassVar[str]

    @classmethod
    def variable(cls, name: str) -> str:
        """How the environment calls it."""
        return f"POLICY_{name.upper()}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is said by whom, the first to be believed."""
        return init_settings, env_settings, InitSettingsSource(settings_cls, section(chosen(), cls.section))


def chosen() -> str:
    """The profile's name, from the environment."""
    return os.environ.get("PROFILE") or DEFAULT


def names() -> list[str]:
    """All profiles there are, the default first."""
    return sorted((file.stem for file in FOLDER.glob("*.toml")), key=lambda name: (name != DEFAULT, name))


def section(profile: str, name: str) -> dict[str, Any]:
    """What the profile says otherwise than the model. Raises UnfitError."""
    if profile not in names():
        raise UnfitError(f"PROFILE: there is no {profile!r} in profiles/; there are {', '.join(names())}")
    try:
        said = tomllib.loads((FOLDER / f"{profile}.toml").read_text())
    except tomllib.TOMLDecodeError as fault:
        raise UnfitError(f"The profile {profile!r} cannot be read: {fault}") from None
    if strange := sorted(set(said) - SECTIONS):
        raise UnfitError(f"The profile {profile!r} has no such section: {', '.join(strange)}")
    found = said.get(name, {})
    if not isinstance(found, dict):
        raise UnfitError(f"The profile {profile!r}: {name} is no section")
    return found


def load(model: type[P]) -> P:
    """The rules that hold. Raises UnfitError, which names the profile, the number and what is wrong with it."""
    try:
        return model()
    except ValidationError as fault:
        wrong = "; ".join(f"{_named(model, e['loc'])}: {e['msg']}" for e in fault.errors())
        raise UnfitError(f"The profile {chosen()!r} with what the environment says is not right: {wrong}") from None


def _named(model: type[Profiled], place: tuple[int | str, ...]) -> str:
    """The variable that sets what is wrong."""
    return model.variable(".".join(map(str, place[:1]))) if place else model.section
