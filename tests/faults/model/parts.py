"""What a process of the model is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.faults.checker.history import Json


@dataclass
class Follow:
    cursor: int
    head: int = 0
    goal: int | None = None
    live: bool = False


@dataclass(eq=False)
class Line:
    """A socket, or one HTTP exchange. `inbox` is what is under way to the client."""

    name: str
    user: str
    process: "Process"
    inbox: list[Json] = field(default_factory=list)
    follows: dict[str, Follow] = field(default_factory=dict)
    lanes: dict[str, list[object]] = field(default_factory=dict)
    dead: bool = False


@dataclass(eq=False)
class Process:
    """`hints` are under way to it; `running` are its handlers."""

    lines: list[Line] = field(default_factory=list)
    hints: list[tuple[str, int, list[Json]]] = field(default_factory=list)
    running: list[Iterator[None]] = field(default_factory=list)
