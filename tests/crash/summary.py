"""Prints what the crash and fault suites counted, once all parts have run. A pytest plugin."""

from collections import Counter

import pytest

from tests.crash.settings import SETTINGS
from tests.crash.tally import PROPERTY

Table = Counter[tuple[str, str]]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tables: dict[str, Table] = {}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in getattr(report, "user_properties", []):
                if name == PROPERTY:
                    suite, cells = value
                    table = tables.setdefault(suite, Counter())
                    table.update({(row, column): number for row, column, number in cells})
    for suite, table in sorted(tables.items()):
        if table:
            _show(terminalreporter, suite, table)


def _show(terminal: pytest.TerminalReporter, suite: str, table: Table) -> None:
    rows = sorted({row for row, _ in table})
    columns = list(dict.fromkeys(column for _, column in table))
    terminal.section(f"{suite} (seed {SETTINGS.seed})")
    for row in rows:
        terminal.write_line(_line(row, {column: table[row, column] for column in columns}))
    totals = {column: sum(table[row, column] for row in rows) for column in columns}
    terminal.write_line(_line("in all", totals))


def _line(row: str, cells: dict[str, int]) -> str:
    told = ", ".join(f"{number} {column}" for column, number in cells.items())
    return f"{row}: {told}"
