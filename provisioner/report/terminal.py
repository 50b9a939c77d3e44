"""Runs in progress on a console: a live tree, or a line for each change where nothing can move.

Drives the console handed in; decides nothing, and prints on nothing else.
"""

import threading
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live

from provisioner.models.run import AppRecord, Run, StepRecord, StepState
from provisioner.output import Say
from provisioner.redaction import Redactor, Shown
from provisioner.report.headline import dns_of, headline
from provisioner.report.summary import log_groups
from provisioner.report.tree import run_tree, step_words
from provisioner.report.words import DNS_ICONS, STEP_ICONS, dns_words, step_name


class LiveView:
    """Shows every run it is told of. `update` may be called from several threads.

    Lines go to `say`; only a console that is a terminal is drawn on. With
    `log_groups` (in Actions) the steps of each hub are printed once more at the
    end, in groups that fold.
    """

    def __init__(
        self, console: Console, redactor: Redactor, say: Say, *, log_groups: bool = False
    ) -> None:
        self._console = console
        self._redactor = redactor
        self._say = say
        self._groups = log_groups
        self._lock = threading.Lock()
        self._runs: dict[str, Run] = {}
        self._live: Live | None = None

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live = Live(
                console=self._console, get_renderable=self._render, refresh_per_second=8
            )
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()
        if self._groups:
            for run in self._runs.values():
                self._say_all(log_groups(run, self._redactor))

    def update(self, run: Run) -> None:
        """Show the run as it now stands."""
        now = self._redactor.covered(run)
        with self._lock:
            before = self._runs.get(run.hub)
            self._runs[run.hub] = now
            if self._live is None:
                self._say_all(map(self._redactor.line, changes(before, now)))

    def __call__(self, run: Run) -> None:
        """The view listens to a run like any other listener."""
        self.update(run)

    def _say_all(self, lines: Iterable[Shown]) -> None:
        for line in lines:
            self._say(line)

    def _render(self) -> RenderableType:
        with self._lock:
            runs = list(self._runs.values())
        return Group(*(run_tree(run) for run in runs))


def changes(before: Run | None, after: Run) -> list[str]:
    """A line for each step and DNS entry that changed, and one for the run when its state did."""
    title = [str(headline(after))]
    if before is None:
        return title + _step_changes(None, after) + _dns_changes(None, after)
    lines = _step_changes(before, after) + _dns_changes(before, after)
    return lines + title if before.state is not after.state else lines


def _step_changes(before: Run | None, after: Run) -> list[str]:
    known = {(app.id, step.action): step for app, step in _steps(before)} if before else {}
    return [
        _changed_line(after, app, step)
        for app, step in _steps(after)
        if _look(step) != _look(known.get((app.id, step.action)))
    ]


def _dns_changes(before: Run | None, after: Run) -> list[str]:
    known = {dns_words(entry) for entry in dns_of(before)} if before else set()
    return [
        f"{DNS_ICONS[entry.state]} {after.hub} DNS: {words}"
        for entry in dns_of(after)
        if (words := dns_words(entry)) not in known
    ]


def _steps(run: Run) -> Iterator[tuple[AppRecord, StepRecord]]:
    return ((app, step) for app in run.apps for step in app.steps)


def _look(step: StepRecord | None) -> object:
    if step is None or step.state is StepState.PENDING:
        return None
    return step.state, step.attempts, step.detail


def _changed_line(run: Run, app: AppRecord, step: StepRecord) -> str:
    icon, name = STEP_ICONS[step.state], step_name(step.action)
    return f"{icon} {run.hub}/{app.id} {name}: {step_words(step)}"
