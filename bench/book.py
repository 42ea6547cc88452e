"""What was measured, round by round, and the tables drawn from it.

Must never average two rounds' machines together: a ratio is taken within its round, and the median of those is told.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Ratio:
    """`figure` of `subject` divided by `of` (another figure, by default the same) of `to`; `goal` is for people."""

    label: str
    subject: str
    figure: str
    to: str
    goal: str
    of: str = ""


class Book:
    """(scenario, subject, figure) -> its value in each round."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str, str], list[float]] = defaultdict(list)
        self.faults: list[str] = []

    def note(self, scenario: str, subject: str, **figures: float) -> None:
        for figure, value in figures.items():
            self.values[scenario, subject, figure].append(value)
        told = "  ".join(f"{figure} {_number(value)}" for figure, value in figures.items())
        print(f"    {subject:<16} {told}", flush=True)

    def fault(self, text: str) -> None:
        self.faults.append(text)
        print(f"    ! {text}", flush=True)

    def figures(self, scenario: str) -> Iterable[tuple[str, str, str]]:
        """(subject, figure, "median [least–most]") for each."""
        for (of, subject, figure), values in self.values.items():
            if of == scenario:
                yield subject, figure, f"{_number(median(values))} [{_number(min(values))}–{_number(max(values))}]"

    def ratio(self, scenario: str, ratio: Ratio) -> str:
        """The median of the rounds' ratios with the least and the most."""
        over = self.values.get((scenario, ratio.subject, ratio.figure), [])
        under = self.values.get((scenario, ratio.to, ratio.of or ratio.figure), [])
        each = [a / b for a, b in zip(over, under, strict=False) if b]
        if not each:
            return "not measured"
        return f"{median(each):.2f} [{min(each):.2f}–{max(each):.2f}]"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], write: Callable[[str], None] = print) -> None:
    """A Markdown table with aligned columns."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]

    def put(cells: Iterable[str]) -> None:
        write("| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |")

    put(head)
    put("-" * width for width in widths)
    for row in lines[1:]:
        put(row)


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if abs(value) >= 100 else f"{value:.3g}"
