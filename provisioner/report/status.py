"""The journal's runs as values for JSON. The shape is a contract: other programs read it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from provisioner.models.dns import DnsEntry
from provisioner.models.run import AppRecord, Run, StepRecord


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
