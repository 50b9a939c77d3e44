"""Runs in progress on a console: a live tree, or a line for each change where nothing can move.

Drives the console handed in; decides nothing, and prints on nothing else.
"""

import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text
from rich.tree import Tree

from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState
from provisioner.report.headline import app_title, dns_of, headline
from provisioner.report.reading import render_markdown
from provisioner.report.summary import log_groups
from provisioner.report.words import (
    DNS_ICONS,
    RUN_ICONS,
    STEP_ICONS,
    app_state,
    dns_words,
    step_name,
    step_outcome,
)
from provisioner.safetext import log_line, terminal

__all__ = ["LiveView", "changes", "render_markdown", "run_tree"]

_STYLES = {
    StepState.PENDING: "dim",
    StepState.RUNNING: "yellow",
    StepState.WAITING: "yellow",
    StepState.DONE: "green",
    StepState.FAILED: "red",
    StepState.CANCELLED: "red",
    StepState.SKIPPED: "dim",
}


class LiveView:
    """Shows every run it is told of. `update` may be called from several threads.

    With `log_groups` (in Actions) the steps of each hub are printed once more at
    the end, in groups that fold.
    """

    def __init__(self, console: Console, *, log_groups: bool = False) -> None:
        self._console = console
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
                self._say(log_groups(run))

    def update(self, run: Run) -> None:
        """Show the run as it now stands."""
        with self._lock:
            before = self._runs.get(run.hub)
            self._runs[run.hub] = run
            if self._live is None:
                self._say(changes(before, run))

    def __call__(self, run: Run) -> None:
        """The view listens to a run like any other listener."""
        self.update(run)

    def _say(self, lines: list[str]) -> None:
        for line in lines:
            self._console.print(Text(line), soft_wrap=True)

    def _render(self) -> RenderableType:
        with self._lock:
            runs = list(self._runs.values())
        return Group(*(run_tree(run) for run in runs))


def changes(before: Run | None, after: Run) -> list[str]:
    """A line for each step and DNS entry that changed, and one for the run when its state did."""
    title = [log_line(str(headline(after)))]
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
        log_line(f"{DNS_ICONS[entry.state]} {after.hub} DNS: {words}")
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
    return log_line(f"{icon} {run.hub}/{app.id} {name}: {_told(step)}")


def _told(step: StepRecord) -> str:
    outcome = step_outcome(step)
    return f"{outcome} · {step.detail}" if step.detail else outcome


def run_tree(run: Run) -> RenderableType:
    """The run as a tree: finished apps are one line, the others show their steps."""
    tree = Tree(_text(str(headline(run)), "bold"), guide_style="dim")
    for app in run.apps:
        branch = tree.add(_app_label(app))
        if app.state is not RunState.COMPLETED:
            _add_steps(branch, app)
    return tree


def _app_label(app: AppRecord) -> Text:
    state = app_state(app.state, app.retiring)
    label = _text(f"{RUN_ICONS[app.state]} {app_title(app)}: {state}", "bold")
    if app.url and app.state is RunState.COMPLETED:
        return Text.assemble(label, "  ", _text(app.url, "cyan"))
    return label


def _add_steps(branch: Tree, app: AppRecord) -> None:
    for step in app.steps:
        told = branch.add(_step_label(step))
        if step.hint and step.state in (StepState.FAILED, StepState.WAITING):
            told.add(_text(f"to do: {step.hint}", ""))
        if step.action == "verify-dns" and step.state is StepState.WAITING:
            _add_dns(told, app)


def _add_dns(branch: Tree, app: AppRecord) -> None:
    for entry in app.dns:
        branch.add(_text(f"{DNS_ICONS[entry.state]} {dns_words(entry)}", ""))


def _step_label(step: StepRecord) -> RenderableType:
    label = _text(step_name(step.action), "dim" if step.state is StepState.PENDING else "")
    if step.state is not StepState.PENDING:
        label = Text.assemble(label, "  ", _text(_told(step), _STYLES[step.state]))
    if step.state is StepState.RUNNING:
        return _spinner(label)
    return Text.assemble(f"{STEP_ICONS[step.state]} ", label)


def _spinner(label: Text) -> Spinner:
    """Its frame follows from the time alone, because every look at the tree makes a new one."""
    spinner = Spinner("dots", Text.assemble(" ", label), style="yellow")
    spinner.start_time = 0.0
    return spinner


def _text(words: str, style: str) -> Text:
    return Text(" ".join(terminal(words).split()), style=style)
