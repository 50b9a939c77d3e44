"""One app of a run: its steps as a table, folded away when there is nothing left to watch."""

from collections.abc import Sequence

from provisioner.models.run import AppRecord, RunState, StepRecord, StepState
from provisioner.report.detail import Detail
from provisioner.report.headline import app_title
from provisioner.report.prose import prose
from provisioner.report.words import (
    RUN_ICONS,
    STEP_ICONS,
    app_state,
    counted,
    step_name,
    step_outcome,
)
from provisioner.safetext import markdown, markdown_link

TITLE_LENGTH = 100


def app_sections(apps: Sequence[AppRecord], detail: Detail) -> list[str]:
    """Paragraphs of Markdown; apps that need watching first."""
    finished = [app for app in apps if app.state is RunState.COMPLETED]
    open_ones = [app for app in apps if app.state is not RunState.COMPLETED]
    shown = (open_ones + finished)[: detail.apps]
    return [part for app in shown for part in _section(app, detail)]


def title_of(app: AppRecord) -> str:
    return markdown(app_title(app), TITLE_LENGTH)


def address(app: AppRecord) -> str:
    """Where the app answers, as a link without the scheme."""
    return markdown_link(_without_scheme(app.url or ""), app.url or "")


def _section(app: AppRecord, detail: Detail) -> list[str]:
    state = app_state(app.state, app.retiring)
    icon = RUN_ICONS[app.state]
    if app.state is RunState.COMPLETED:
        table = _table(app.steps, detail) if detail.finished_steps else []
        count = counted(len(app.steps), "step")
        line = f"{icon} <b>{title_of(app)}</b> is {state} ({count})"
        return _folded(line, table)
    table = _table(app.steps, detail) if detail.steps else []
    return [f"#### {icon} {title_of(app)}: {state}", *_where(app), *table]


def _where(app: AppRecord) -> list[str]:
    """Before its own domains lead to it, an app answers under the host's name."""
    return [f"Its address so far: {address(app)}"] if app.url and not app.retiring else []


def _without_scheme(url: str) -> str:
    return url.removeprefix("https://").rstrip("/")


def _folded(line: str, inside: list[str]) -> list[str]:
    if not inside:
        return [line]
    return [f"<details>\n<summary>{line}</summary>", *inside, "</details>"]


def _table(steps: Sequence[StepRecord], detail: Detail) -> list[str]:
    if not steps:
        return []
    rows = [_row(step, detail) for step in steps]
    return ["\n".join(["| | Step | State |", "|---|---|---|", *rows])]


def _row(step: StepRecord, detail: Detail) -> str:
    """Three columns fit on a phone, four do not."""
    outcome = step_outcome(step)
    if detail.step_details and (more := _details(step, detail)):
        outcome += f" · {more}"
    return f"| {STEP_ICONS[step.state]} | {markdown(step_name(step.action))} | {outcome} |"


def _details(step: StepRecord, detail: Detail) -> str:
    """A failed step is told of above, so that its row stays short."""
    if step.state is StepState.FAILED:
        return "see “What to do”"
    return prose(step.detail, detail.message_characters)
