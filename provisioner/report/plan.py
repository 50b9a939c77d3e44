"""A plan for readers: text for a terminal, Markdown for a pull request, JSON, an Actions matrix.

"Nothing to do" and "could not check" are different words throughout.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provisioner.models.plan import Actor, AppPlan, HubPlan, PlannedStep, Verdict
from provisioner.report.prose import prose
from provisioner.report.words import PEOPLE, counted, listed, step_name
from provisioner.safetext import markdown, markdown_code, terminal

MATRIX_LIMIT = 256
"""GitHub: a matrix makes at most 256 jobs (docs.github.com: Actions limits)."""
UNCHECKED = "could not check"
NOTHING = "nothing to do"
_WORDS = {
    Verdict.CREATE: "create",
    Verdict.UPDATE: "change",
    Verdict.ADOPT: "take over",
    Verdict.KEEP: "no change",
    Verdict.REMOVE: "take away",
    Verdict.BLOCKED: "blocked",
}
_CHANGES = (Verdict.CREATE, Verdict.UPDATE, Verdict.ADOPT, Verdict.REMOVE)


def step_word(step: PlannedStep) -> str:
    return _WORDS[step.verdict] if step.checked else UNCHECKED


def plan_outcome(plan: HubPlan) -> str:
    """What the next run would do, such as `3 things to create, 1 step blocked`."""
    steps = [step for app in plan.apps for step in app.steps]
    counts = Counter(step.verdict for step in steps if step.checked)
    parts = [
        f"{counted(counts[verdict], 'thing')} to {_WORDS[verdict]}"
        for verdict in _CHANGES
        if counts[verdict]
    ]
    if blocked := len(blocked_steps(plan)):
        parts.append(f"{counted(blocked, 'step')} blocked")
    if unchecked := sum(not step.checked for step in steps):
        parts.append(f"{counted(unchecked, 'step')} that could not be checked")
    return ", ".join(parts) or NOTHING


def blocked_steps(plan: HubPlan) -> list[PlannedStep]:
    """The first blocked step of each app; what comes behind it only waits for it."""
    firsts = (
        next((s for s in app.steps if s.checked and s.verdict is Verdict.BLOCKED), None)
        for app in plan.apps
    )
    return [step for step in firsts if step]


def plan_text(plans: Sequence[HubPlan]) -> str:
    """Lines for a terminal, the last one a count over all hubs."""
    blocks = [*("\n".join(_hub_lines(plan)) for plan in plans), _total(plans)]
    return terminal("\n\n".join(blocks)) + "\n"


def _hub_lines(plan: HubPlan) -> list[str]:
    taken = "take offline, " if plan.retiring else ""
    lines = [f"{_flat(plan.title)} ({plan.hub}): {taken}{plan_outcome(plan)}"]
    if plan.reason:
        lines.append(f"  {'why now' if plan.due else 'not due'}: {_flat(plan.reason)}")
    return [*lines, *(line for app in plan.apps for line in _app_lines(app))]


def _app_lines(app: AppPlan) -> list[str]:
    return [
        f"  {_flat(app.title)} ({app.id})",
        *(line for step in app.steps for line in _step_lines(step)),
    ]


def _step_lines(step: PlannedStep) -> list[str]:
    detail = f": {_flat(step.detail)}" if step.detail else ""
    lines = [f"    {step_word(step):<15} {step_name(step.action)}{detail}"]
    if step.hint:
        who = f" ({PEOPLE[step.who]})" if step.who is not Actor.NOBODY else ""
        lines.append(f"{'':20}to do{who}: {_flat(step.hint)}")
    return lines


def _flat(text: str) -> str:
    return " ".join(text.split())


def _total(plans: Sequence[HubPlan]) -> str:
    kinds = Counter(_kind(plan) for plan in plans)
    order = ("with changes", "blocked", "that could not be checked", "with nothing to do")
    parts = [f"{kinds[kind]} {kind}" for kind in order if kinds[kind]]
    return f"{counted(len(plans), 'hub')}{': ' if parts else ''}{listed(parts)}."


def _kind(plan: HubPlan) -> str:
    steps = [step for app in plan.apps for step in app.steps]
    if blocked_steps(plan):
        return "blocked"
    if any(not step.checked for step in steps):
        return "that could not be checked"
    changes = any(step.verdict in _CHANGES for step in steps)
    return "with changes" if changes else "with nothing to do"


def plan_markdown(plans: Iterable[HubPlan]) -> str:
    """One heading and one table an app for each hub."""
    return "\n\n".join(part for plan in plans for part in _hub_markdown(plan)) + "\n"


def _hub_markdown(plan: HubPlan) -> list[str]:
    taken = "take offline, " if plan.retiring else ""
    return [f"### {markdown(plan.title, 100)}: {taken}{plan_outcome(plan)}", *app_tables(plan)]


def app_tables(plan: HubPlan) -> list[str]:
    """Paragraphs of Markdown: what would happen to each app."""
    return [part for app in plan.apps for part in _app_table(app)]


def _app_table(app: AppPlan) -> list[str]:
    rows = [
        f"| {step_word(step)} | {markdown(step_name(step.action))} | {prose(step.detail)} |"
        for step in app.steps
    ]
    head = ["| | Step | What would happen |", "|---|---|---|"]
    to_do = [_to_do(step) for step in app.steps if step.hint]
    return [f"#### {markdown(app.title, 100)}", "\n".join([*head, *rows]), *to_do]


def _to_do(step: PlannedStep) -> str:
    who = f" ({PEOPLE[step.who]})" if step.who is not Actor.NOBODY else ""
    return f"**To do{who}:** {prose(step.hint)}"


def held_markdown(held: Mapping[str, str], hint: str) -> str:
    """For the page of the Actions job: hubs whose change is not applied by itself."""
    lines = [f"- {markdown_code(hub)}: {prose(reason)}" for hub, reason in sorted(held.items())]
    return "\n".join(["## Held", "", *lines, "", f"**To fix it:** {prose(hint)}.", ""])


def plan_document(plans: Iterable[HubPlan]) -> dict[str, object]:
    """`{"hubs": [...]}`: the plans as JSON values, with the outcome in words."""
    return {"hubs": [_hub_document(plan) for plan in plans]}


def _hub_document(plan: HubPlan) -> dict[str, object]:
    values: dict[str, object] = plan.model_dump(mode="json")
    return {**values, "outcome": plan_outcome(plan)}


@dataclass(frozen=True)
class Matrix:
    """The jobs of one Actions run, and the hubs that wait for the next one."""

    include: tuple[dict[str, str], ...]
    left_out: tuple[str, ...]

    @property
    def document(self) -> dict[str, object]:
        """What `strategy.matrix` reads through `fromJSON`."""
        return {"include": list(self.include)}


def plan_matrix(plans: Iterable[HubPlan], environments: Mapping[str, str]) -> Matrix:
    """One job a due hub, in the environment named for it; a hub without one is a `KeyError`."""
    due = [plan.hub for plan in plans if plan.due]
    include = tuple({"hub": hub, "environment": environments[hub]} for hub in due[:MATRIX_LIMIT])
    return Matrix(include, tuple(due[MATRIX_LIMIT:]))
