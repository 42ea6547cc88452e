"""How many rows and cases the tests of the rules went through, told at the end of the run."""

from collections import Counter

from _pytest.terminal import TerminalReporter

counted: Counter[str] = Counter()


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    if counted:
        terminalreporter.write_line(f"rules: {counted['rows']} rows, {counted['cases']} cases")
