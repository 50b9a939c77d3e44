"""What is told of a run below its first line, in the order of what a reader needs first."""

from provisioner.models.run import Run, RunState
from provisioner.report.app_section import address, app_sections, title_of
from provisioner.report.detail import Detail
from provisioner.report.dns_section import dns_section
from provisioner.report.headline import dns_of, next_observation
from provisioner.report.links import Links
from provisioner.report.prose import prose
from provisioner.report.retired_section import retired_section
from provisioner.report.trouble_section import trouble_sections
from provisioner.report.words import listed, moment
from provisioner.safetext import markdown_code, markdown_link

_MOST_NOTES = 20


def run_body(run: Run, links: Links, detail: Detail) -> list[str]:
    """Paragraphs of Markdown."""
    if not links.is_actions_run(run.actions_run_url or ""):
        run = run.model_copy(update={"actions_run_url": None})
    return [
        *_live(run, detail),
        *trouble_sections(run, detail),
        *(dns_section(dns_of(run), detail) if run.state is not RunState.SUPERSEDED else []),
        *retired_section(run, detail),
        *app_sections(run.apps, detail),
        *_notes(run, detail),
        *_foot(run, links, detail),
    ]


def _live(run: Run, detail: Detail) -> list[str]:
    live = [
        f"- **{title_of(app)}:** {address(app)}"
        for app in run.apps
        if app.url and not app.retiring and app.state is RunState.COMPLETED
    ]
    return ["\n".join(live[: detail.apps])] if live else []


def _notes(run: Run, detail: Detail) -> list[str]:
    notes = [f"- {prose(note, detail.message_characters)}" for note in run.notes[:_MOST_NOTES]]
    return ["\n".join(notes)] if notes else []


def _foot(run: Run, links: Links, detail: Detail) -> list[str]:
    return ["---", *_left_out(run, detail), *_again(run), *_receipt(run), _origin(run, links)]


def _left_out(run: Run, detail: Detail) -> list[str]:
    if not detail.left_out:
        return []
    where = (
        f"the summary of the {_actions_run(run)} has it"
        if run.actions_run_url
        else f"{markdown_code(f'provisioner status {run.hub}')} shows it"
    )
    return [f"Left out here, to keep this page short: {listed(list(detail.left_out))}; {where}."]


def _again(run: Run) -> list[str]:
    """When it goes on by itself, and how to make it."""
    if run.state not in (RunState.WAITING, RunState.FAILED, RunState.CANCELLED):
        return []
    wake = next_observation(run)
    by_itself = f"The provisioner looks again at about {moment(wake)}. " if wake else ""
    return [f"{by_itself}{_re_run(run)} It does only what is left; nothing is done twice."]


def _receipt(run: Run) -> list[str]:
    """Where the receipt is to be. It is written after this, so no more is promised than a place."""
    live = any(not app.retiring for app in run.apps) and not run.retiring
    if run.state is not RunState.COMPLETED or not live or not run.actions_run_url:
        return []
    place = markdown_link("artifacts of the Actions run", f"{run.actions_run_url}#artifacts")
    return [f"The receipt of what is live is written to the {place} when its job ends."]


def _re_run(run: Run) -> str:
    why = "To look again at once" if next_observation(run) else "To go on"
    if not run.actions_run_url:
        return f"{why}, run {markdown_code(f'provisioner apply {run.hub}')}."
    return f"{why}, a network maintainer opens the {_actions_run(run)} and chooses “Re-run jobs”."


def _actions_run(run: Run) -> str:
    return markdown_link("Actions run", run.actions_run_url or "")


def _origin(run: Run, links: Links) -> str:
    parts = [
        f"commit {links.commit(run.commit)}" if run.commit else "",
        f"run {markdown_code(run.id)}",
        _actions_run(run) if run.actions_run_url else "",
    ]
    return f"<sub>{' · '.join(part for part in parts if part)}</sub>"
