"""What went wrong or waits for a person: what happened, what it changed, what to do, who."""

from provisioner.models.plan import Actor
from provisioner.models.run import FINISHED_STEPS, AppRecord, Run, StepRecord, StepState
from provisioner.report.app_section import title_of
from provisioner.report.detail import Detail
from provisioner.report.headline import responsible, troubles
from provisioner.report.prose import prose
from provisioner.report.words import PEOPLE, STEP_ICONS, counted, step_name
from provisioner.safetext import markdown, markdown_block


def trouble_sections(run: Run, detail: Detail) -> list[str]:
    """Paragraphs of Markdown, failures first; none when nothing is wrong."""
    told = list(troubles(run))[: detail.troubles]
    return [part for app, step in told for part in _section(app, step, detail)]


def _section(app: AppRecord, step: StepRecord, detail: Detail) -> list[str]:
    icon, name = STEP_ICONS[step.state], markdown(step_name(step.action))
    happened = prose(step.detail, detail.message_characters) or "No reason was given."
    return [
        f"#### {icon} {title_of(app)}: {name}",
        f"**What happened:** {happened}",
        f"**What changed:** {_changed(app, step)}",
        _to_do(step, detail),
        *_log(step, detail),
    ]


def _changed(app: AppRecord, step: StepRecord) -> str:
    done = sum(each.state in FINISHED_STEPS for each in app.steps)
    kept = f"{done} of {counted(len(app.steps), 'step')} {'is' if done == 1 else 'are'} finished"
    if step.state is StepState.WAITING:
        return f"{kept}; the provisioner goes on here."
    if not done:
        return "no step of this app is finished. A re-run begins here and does nothing twice."
    return f"{kept} and will not be repeated. A re-run goes on here."


def _to_do(step: StepRecord, detail: Detail) -> str:
    actor = responsible(step)
    hint = prose(step.hint, detail.message_characters) or "Re-run the job; it goes on here."
    whose = f" ({PEOPLE[actor]})" if actor is not Actor.NOBODY else ""
    return f"**What to do{whose}:** {hint}"


def _log(step: StepRecord, detail: Detail) -> list[str]:
    block = markdown_block(step.log_tail, detail.log_characters) if detail.log_characters else ""
    if not block:
        return []
    return ["<details>\n<summary>The end of the build log</summary>", block, "</details>"]
