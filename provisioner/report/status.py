"""The journal's runs: as values for JSON, a contract that programs rely on, and as plain text."""

from collections.abc import Iterable
from datetime import UTC, datetime

from provisioner.models.dns import DnsEntry
from provisioner.models.journal import HubJournal, PastRun
from provisioner.models.plan import Actor
from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState
from provisioner.report.headline import app_title, asked, headline
from provisioner.report.words import (
    DNS_ICONS,
    RUN_ICONS,
    STEP_ICONS,
    app_state,
    dns_words,
    duration,
    step_name,
    step_outcome,
)
from provisioner.safetext import terminal

NO_RUNS = "no hub has a run on record"


def status_document(runs: Iterable[Run]) -> dict[str, object]:
    """What `status --format json` and `apply --format json` print.

    Times are ISO 8601 in UTC with `Z`; the name of a DNS entry is the whole host name.
    """
    return {"hubs": [hub_document(run) for run in runs]}


def hub_document(run: Run) -> dict[str, object]:
    return {
        "hub": run.hub,
        "state": run.state.value,
        "commit": run.commit,
        "pull_request": run.pull_request,
        "apps": [_app(app) for app in run.apps],
    }


def _app(app: AppRecord) -> dict[str, object]:
    return {
        "id": app.id,
        "state": app.state.value,
        "url": app.url,
        "dns": [_dns(entry) for entry in app.dns],
        "steps": [_step(step) for step in app.steps],
    }


def _dns(entry: DnsEntry) -> dict[str, object]:
    return {
        "type": entry.type,
        "name": entry.name,
        "value": entry.value,
        "state": entry.state.value,
    }


def _step(step: StepRecord) -> dict[str, object]:
    return {
        "action": step.action,
        "state": step.state.value,
        "attempts": step.attempts,
        "started_at": iso(step.started_at),
        "ended_at": iso(step.ended_at),
        "detail": step.detail,
        "hint": step.hint,
        "wake_at": iso(step.wake_at),
    }


def iso(when: datetime | None) -> str | None:
    """Whole seconds: `2026-03-03T14:02:00Z`."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if when else None


def status_text(runs: Iterable[Run]) -> str:
    """For each hub its first line, its apps, their steps, and the DNS entries to set."""
    blocks = ["\n".join(_run_lines(run)) for run in runs]
    return "\n\n".join(blocks) or NO_RUNS


def overview_text(runs: Iterable[Run]) -> str:
    """A line a hub: its sign, its name, who must act, how it stands. First come those that a
    network maintainer must act for, then facilitators', then what goes on by itself or is done."""
    ordered = sorted(runs, key=_urgency)
    hub = max((len(run.hub) for run in ordered), default=0)
    who = max((len(_who_acts(run)) for run in ordered), default=0)
    lines = [
        _line(0, f"{RUN_ICONS[run.state]} {run.hub}", hub + 4)
        + _line(0, _who_acts(run), who + 2)
        + _line(0, headline(run).state)
        for run in ordered
    ]
    return "\n".join(lines) or NO_RUNS


def _who_acts(run: Run) -> str:
    return ", ".join(actor.value for actor in asked(run)) or "nobody"


def _urgency(run: Run) -> tuple[bool, bool, bool, str]:
    actors = asked(run)
    done = run.state in (RunState.COMPLETED, RunState.SUPERSEDED)
    return Actor.MAINTAINER not in actors, Actor.FACILITATOR not in actors, done, run.hub


def history_text(journal: HubJournal) -> str:
    """The hub's earlier runs, the newest first, each on a line; empty when there are none."""
    lines = [_line(2, _past(past)) for past in journal.history]
    return "\n".join([_line(1, "Earlier runs:"), *lines]) if lines else ""


def _past(past: PastRun) -> str:
    took = f", took {duration(past.ended_at - past.started_at)}" if past.ended_at else ""
    origin = f", pull request {past.pull_request}" if past.pull_request else ""
    page = f", {past.actions_run_url}" if past.actions_run_url else ""
    began = f"{past.started_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{RUN_ICONS[past.state]} {began}: {past.state.value}{took}{origin}{page}"


def _run_lines(run: Run) -> list[str]:
    origin = [f"pull request {run.pull_request}"] if run.pull_request else []
    origin += [f"commit {run.commit[:7]}"] if run.commit else []
    origin += [run.actions_run_url] if run.actions_run_url else []
    return [
        _line(0, str(headline(run))),
        *(line for app in run.apps for line in _app_lines(app)),
        *(_line(1, note) for note in run.notes),
        *([_line(1, ", ".join(origin))] if origin else []),
    ]


def _app_lines(app: AppRecord) -> list[str]:
    url = f", {app.url}" if app.url and not app.retiring else ""
    state = app_state(app.state, app.retiring)
    return [
        _line(1, f"{RUN_ICONS[app.state]} {app_title(app)} ({app.id}): {state}{url}"),
        *(line for step in app.steps for line in _step_lines(step)),
        *(
            _line(2, f"{DNS_ICONS[entry.state]} DNS: {dns_words(entry)}")
            for entry in app.dns
            if not app.retiring
        ),
    ]


def _step_lines(step: StepRecord) -> list[str]:
    detail = f" · {step.detail}" if step.detail else ""
    icon, name = STEP_ICONS[step.state], step_name(step.action)
    lines = [_line(2, f"{icon} {name}: {step_outcome(step)}{detail}")]
    if step.hint and step.state in (StepState.FAILED, StepState.WAITING):
        lines.append(_line(4, f"to do: {step.hint}"))
    return lines


def _line(depth: int, text: str, width: int = 0) -> str:
    return "  " * depth + " ".join(terminal(text).split()).ljust(width)
