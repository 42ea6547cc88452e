"""How many cells of the matrix were tried, told at the end of the run."""

from collections import Counter

from _pytest.terminal import TerminalReporter

counted: Counter[str] = Counter()


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    if counted:
        told = ", ".join(f"{number} {what}" for what, number in sorted(counted.items()))
        terminalreporter.write_line(f"matrix: {told}")
