"""What a removal took offline, what it kept, and the way back."""

from provisioner.models.run import AppRecord, Run, RunState
from provisioner.report.app_section import title_of
from provisioner.report.detail import Detail
from provisioner.report.words import listed
from provisioner.safetext import markdown, markdown_code

_TAKEN_AWAY = frozenset({"domain", "webhook", "variable"})
"""Kinds of resources that a removal takes away; all others are kept."""


def retired_section(run: Run, detail: Detail) -> list[str]:
    """Paragraphs of Markdown; none when nothing was taken offline."""
    retired = [app for app in run.apps if _is_offline(run, app)][: detail.apps]
    if not retired:
        return []
    apps = "\n".join(f"- **{title_of(app)}**: {_kept(app)}{_dns(app)}" for app in retired)
    return ["#### Taken offline, nothing deleted", apps, _way_back(run)]


def _is_offline(run: Run, app: AppRecord) -> bool:
    return (app.retiring or run.retiring) and app.state is RunState.COMPLETED


def _kept(app: AppRecord) -> str:
    kept = [
        f"{markdown(resource.kind)} {markdown_code(resource.name, 160)}"
        for resource in app.resources
        if resource.kind not in _TAKEN_AWAY
    ]
    return f"kept: {', '.join(sorted(kept, reverse=True))}." if kept else "offline."


def _dns(app: AppRecord) -> str:
    names = list(dict.fromkeys(markdown_code(f"{e.type} {e.name}", 280) for e in app.dns))[:10]
    return f" DNS entries that may now be removed: {listed(names)}." if names else ""


def _way_back(run: Run) -> str:
    path = markdown_code(f"hubs/{run.hub}.yaml")
    what = f"put {path} back as it was" if run.retiring else f"put the app back into {path}"
    return (
        f"**To come back:** {what} and have the pull request merged. What was kept is used again."
    )
