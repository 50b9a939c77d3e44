"""A run in progress as a tree for a console. Draws nothing itself."""

from rich.console import RenderableType
from rich.spinner import Spinner
from rich.text import Text
from rich.tree import Tree

from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState
from provisioner.report.headline import app_title, headline
from provisioner.report.words import (
    DNS_ICONS,
    RUN_ICONS,
    STEP_ICONS,
    app_state,
    dns_words,
    step_name,
    step_outcome,
)
from provisioner.safetext import log_line

_STYLES = {
    StepState.PENDING: "dim",
    StepState.RUNNING: "yellow",
    StepState.WAITING: "yellow",
    StepState.DONE: "green",
    StepState.FAILED: "red",
    StepState.CANCELLED: "red",
    StepState.SKIPPED: "dim",
}


def step_words(step: StepRecord) -> str:
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
        line = branch.add(_step_label(step))
        if step.hint and step.state in (StepState.FAILED, StepState.WAITING):
            line.add(_text(f"to do: {step.hint}", ""))
        if step.action == "verify-dns" and step.state is StepState.WAITING:
            _add_dns(line, app)


def _add_dns(branch: Tree, app: AppRecord) -> None:
    for entry in app.dns:
        branch.add(_text(f"{DNS_ICONS[entry.state]} {dns_words(entry)}", ""))


def _step_label(step: StepRecord) -> RenderableType:
    label = _text(step_name(step.action), "dim" if step.state is StepState.PENDING else "")
    if step.state is not StepState.PENDING:
        label = Text.assemble(label, "  ", _text(step_words(step), _STYLES[step.state]))
    if step.state is StepState.RUNNING:
        return _spinner(label)
    return Text.assemble(f"{STEP_ICONS[step.state]} ", label)


def _spinner(label: Text) -> Spinner:
    """Its frame follows from the time alone, because every look at the tree makes a new one."""
    spinner = Spinner("dots", Text.assemble(" ", label), style="yellow")
    spinner.start_time = 0.0
    return spinner


def _text(words: str, style: str) -> Text:
    return Text(log_line(words), style=style)
