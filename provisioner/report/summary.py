"""The job summary and the log groups of an Actions job."""

from collections.abc import Sequence

from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState
from provisioner.redaction import Redactor, Shown
from provisioner.report.body import run_body
from provisioner.report.comment import HEADLINE_LIMIT
from provisioner.report.detail import Detail, fitted
from provisioner.report.headline import app_title, headline
from provisioner.report.links import Links
from provisioner.report.words import (
    RUN_ICONS,
    STEP_ICONS,
    app_state,
    counted,
    step_name,
    step_outcome,
)
from provisioner.safetext import markdown

SUMMARY_BYTES = 1_000_000
"""GitHub drops a step's summary of more than 1 MiB (docs.github.com: workflow commands)."""
_LEAST_BYTES = 4_000


def render_summary(runs: Sequence[Run], links: Links) -> str:
    """For one hub what its comment says; for several a table, then each hub in its share."""
    if len(runs) == 1:
        return _hub(runs[0], links, SUMMARY_BYTES)
    table = _table(runs, links)
    share = (SUMMARY_BYTES - _bytes(table)) // max(len(runs), 1)
    if share < _LEAST_BYTES:
        return table
    return "\n".join([table, *(_hub(run, links, share) for run in runs)])


def _hub(run: Run, links: Links, limit: int) -> str:
    def render(detail: Detail) -> str:
        first = f"## {markdown(str(headline(run)), HEADLINE_LIMIT)}"
        return "\n\n".join([first, *run_body(run, links, detail)]) + "\n"

    return fitted(render, limit, _bytes)


def _bytes(text: str) -> int:
    return len(text.encode())


def _table(runs: Sequence[Run], links: Links) -> str:
    if not runs:
        return "## No hub was due: nothing to do.\n"
    failed = sum(run.state is RunState.FAILED for run in runs)
    title = f"## {counted(len(runs), 'hub')}" + (f", {failed} failed" if failed else "")
    rows = [_row(run, links) for run in sorted(runs, key=_urgency)]
    return "\n".join([title, "", "| | Hub | Who must act | |", "|---|---|---|---|", *rows, ""])


_URGENT = (RunState.FAILED, RunState.CANCELLED, RunState.WAITING, RunState.RUNNING)


def _urgency(run: Run) -> int:
    return _URGENT.index(run.state) if run.state in _URGENT else len(_URGENT)


def _row(run: Run, links: Links) -> str:
    said = headline(run)
    where = links.pull_request(run.pull_request) if run.pull_request else ""
    return f"| {said.icon} | {markdown(said.state, 200)} | {markdown(said.who, 200)} | {where} |"


def log_groups(run: Run, redactor: Redactor) -> list[Shown]:
    """Lines for an Actions log: one group an app, one annotation a failed step."""
    lines = [redactor.line(str(headline(run)))]
    for app in run.apps:
        state = app_state(app.state, app.retiring)
        lines.append(redactor.command("group", _heading(run, app, state)))
        lines += [redactor.line(line) for step in app.steps for line in _step_lines(step)]
        lines.append(redactor.command("endgroup"))
    return lines + [
        _annotation(app, step, redactor)
        for app in run.apps
        for step in app.steps
        if step.state is StepState.FAILED
    ]


def _heading(run: Run, app: AppRecord, state: str) -> str:
    return f"{RUN_ICONS[app.state]} {run.title}, {app_title(app)}: {state}".replace("\n", " ")


def _step_lines(step: StepRecord) -> list[str]:
    detail = f": {step.detail}" if step.detail else ""
    lines = [f"{STEP_ICONS[step.state]} {step_name(step.action)}: {step_outcome(step)}{detail}"]
    if step.hint and step.state in (StepState.FAILED, StepState.WAITING):
        lines.append(f"   to do: {step.hint}")
    return [*lines, *(f"   | {line}" for line in step.log_tail)]


def _annotation(app: AppRecord, step: StepRecord, redactor: Redactor) -> Shown:
    title = f"{app_title(app)}: {step_name(step.action)} failed"
    return redactor.command("error", f"{step.detail} {step.hint}".strip(), title=title)
