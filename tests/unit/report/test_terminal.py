"""Runs in progress on a console, moving or not."""

import io
import re
import threading

import pytest
from rich.console import Console
from rich.text import Text

from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.run import Run, RunState
from provisioner.redaction import Redactor, Shown
from provisioner.report.terminal import LiveView, changes
from tests.unit.report import runs
from tests.unit.report.runs import WEBSITE, steps


def console(*, terminal: bool = False) -> tuple[Console, io.StringIO]:
    output = io.StringIO()
    made = Console(file=output, force_terminal=terminal, width=120, legacy_windows=False)
    return made, output


def view_on(made: Console, *, log_groups: bool = False) -> LiveView:
    """A view whose lines stand on the same console as what it draws."""

    def say(line: Shown) -> None:
        made.print(Text(line.text), soft_wrap=True)

    return LiveView(made, Redactor(["hush-hush"]), say, log_groups=log_groups)


class TestLiveTree:
    def test_shows_the_newest_state_and_leaves_it_on_the_screen(self) -> None:
        made, output = console(terminal=True)
        with view_on(made) as view:
            view.update(runs.running_run())
            view.update(runs.completed_run())
        last = output.getvalue().rsplit("Nairobi Commons", 1)[1]
        assert "is live" in last
        assert "Documentation site: live" in last

    def test_can_be_told_from_several_threads(self) -> None:
        made, output = console(terminal=True)
        hubs = [runs.named(runs.running_run(), f"hub{n}", f"Hub {n}", n) for n in range(8)]
        with view_on(made) as view:
            threads = [threading.Thread(target=view, args=(run,)) for run in hubs]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert all(f"Hub {n} is being set up" in output.getvalue() for n in range(8))


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("words", ["hush-hush", "\x1b]0;x\x07##[error]", "[red]##[x][/red]\x1b[2J"])
def test_foreign_words_on_a_console_do_nothing_and_show_no_secret(
    terminal: bool, words: str
) -> None:
    made, output = console(terminal=terminal)
    with view_on(made, log_groups=True) as view:
        view.update(runs.with_words(runs.running_run(), words))
        view.update(runs.with_words(runs.failed_run(), words))
    shown = output.getvalue()
    assert "hush-hush" not in shown
    assert "##[" not in shown
    assert not {"\x1b]", "\x07", "\x1b[2J"} & set(re.findall(r"\x1b\]|\x07|\x1b\[2J", shown))


class TestWithoutATerminal:
    def test_prints_a_line_for_each_change_and_nothing_twice(self) -> None:
        made, output = console()
        with view_on(made) as view:
            view.update(runs.running_run())
            view.update(runs.running_run())
            view.update(runs.waiting_run())
        lines = output.getvalue().splitlines()
        assert len(lines) == len(set(lines))
        assert lines[0] == "🟡 Nairobi Commons is being set up. Nobody has to do anything yet."
        assert (
            "🟡 nairobi-commons/docs Build and publish: working · The app is being built." in lines
        )
        assert "✅ nairobi-commons/docs Build and publish: done in 41 s · Built and live." in lines
        assert lines[-1].startswith("🟠 Nairobi Commons is waiting for DNS entries.")

    def test_prints_each_dns_entry_as_soon_as_it_is_known_and_when_it_changes(self) -> None:
        def app(*dns: DnsEntry) -> Run:
            waiting = runs.docs(*steps(WEBSITE, "docs", 5, runs.waiting_for_dns()), dns=dns)
            return runs.run(RunState.WAITING, waiting)

        assert changes(app(), app(runs.cname())) == [
            "🟠 nairobi-commons DNS: CNAME docs.nairobi.example.org = "
            "3f2a9c41d07b65e8.vercel-dns-017.com (nothing yet)"
        ]
        assert changes(app(runs.cname()), app(runs.cname())) == []
        assert "(this value)" in changes(app(runs.cname()), app(runs.cname(DnsState.OK)))[0]

    def test_in_actions_ends_with_groups_that_fold(self) -> None:
        made, output = console()
        with view_on(made, log_groups=True) as view:
            view.update(runs.completed_run())
        assert "::group::✅ Nairobi Commons, Documentation site: live" in output.getvalue()

    def test_a_line_is_never_wrapped(self) -> None:
        made, output = console()
        with view_on(made) as view:
            view.update(runs.with_words(runs.failed_run(), "word " * 100))
        assert all("word" in line or "nairobi" in line for line in output.getvalue().splitlines())
