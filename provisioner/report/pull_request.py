"""The comment of one hub file before the merge: what to fix, or what a merge would do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import dedent

from provisioner.desired.judged_file import JudgedFile
from provisioner.models.change import Review
from provisioner.models.finding import Finding
from provisioner.models.plan import Actor, HubPlan, PlannedStep
from provisioner.report.comment import COMMENT_LIMIT
from provisioner.report.findings import excerpt
from provisioner.report.links import Links
from provisioner.report.marker import GENERAL, marker, marker_id
from provisioner.report.plan import NOTHING, app_tables, blocked_steps, plan_outcome
from provisioner.report.prose import prose
from provisioner.report.review_section import review_section
from provisioner.report.words import PEOPLE, counted, listed, sentence
from provisioner.safetext import markdown, markdown_block, markdown_code

_MOST_FINDINGS = (100, 50, 25, 10, 5, 2, 1)


@dataclass(frozen=True)
class Proposed:
    """A judged file of a pull request, as it was read at `commit`."""

    file: JudgedFile
    commit: str
    review: Review | None = None


def render_pull_request(
    proposed: Proposed,
    plan: HubPlan | None,
    links: Links,
    *,
    not_planned: str = "",
    limit: int = COMMENT_LIMIT,
) -> str:
    """The whole comment. `links` lead into the repository that holds `commit`.

    Without a plan, `not_planned` says why the world could not be looked at; empty,
    that nobody was to look.
    """
    text = ""
    for most in _MOST_FINDINGS:
        parts = (
            _broken(proposed, links, most)
            if proposed.file.errors
            else _good(proposed, plan, links, not_planned)
        )
        text = f"{marker(marker_id(proposed.file.hub))}\n" + "\n\n".join(parts) + "\n"
        if len(text) <= limit:
            break
    return text


def render_general(
    general: Sequence[Finding], files: Iterable[tuple[str, Sequence[Finding]]] = ()
) -> str:
    """The comment about the pull request as a whole, and about files that are no hub's."""
    found = [("", finding) for finding in general]
    found += [(path, finding) for path, findings in files for finding in findings]
    things = counted(len(found), "thing")
    parts = [
        f"{marker(GENERAL)}\n### ❌ {things} to fix in this pull request. Author, please fix "
        f"{'it' if len(found) == 1 else 'them'} and commit again.",
        *(_generally(path, finding, n) for n, (path, finding) in enumerate(found[:_MOST_SHOWN], 1)),
        *_more(len(found) - _MOST_SHOWN),
        "Nothing was created or changed.",
    ]
    return "\n\n".join(parts) + "\n"


_MOST_SHOWN = 25


def _generally(path: str, finding: Finding, number: int) -> str:
    where = f"{markdown_code(path)}: " if path else ""
    fix = f"\n\n**To fix it:** {prose(sentence(finding.hint))}" if finding.hint else ""
    return f"**{number}.** {where}{prose(sentence(finding.message))}{fix}"


def render_unchecked(reason: str) -> str:
    """The comment where judging itself went wrong: it says nothing of the files."""
    return (
        f"{marker(GENERAL)}\n### ⚪ This pull request could not be checked. Network maintainer, "
        "please open the Actions run `report` and choose “Re-run jobs”.\n\n"
        f"**Why:** {prose(sentence(reason))}\n\nNothing was created or changed, and nothing is "
        "said of the files.\n"
    )


def not_checked() -> str:
    """The description of a commit status, where judging itself went wrong."""
    return "Could not be checked; a network maintainer may re-run the job `report`."


def no_longer_changed(hub: str) -> str:
    """The comment of a file that a later commit took out of the pull request again."""
    if hub == GENERAL:
        return (
            f"{marker(hub)}\n### ➖ What this comment was about is fixed.\n\n"
            "Nothing was created or changed.\n"
        )
    return (
        f"{marker(hub)}\n### ➖ This pull request no longer changes the file this comment was "
        "about.\n\nNothing was created or changed.\n"
    )


def _broken(proposed: Proposed, links: Links, most: int) -> list[str]:
    errors = proposed.file.errors
    things = counted(len(errors), "thing")
    them = "it" if len(errors) == 1 else "them"
    return [
        f"### ❌ {things} to fix in {markdown_code(proposed.file.path)}. "
        f"Author of this pull request, please fix {them} and commit again.",
        *_listed(proposed, errors[:most], links),
        *_more(len(errors) - most),
        *_worth_a_look(proposed, links, most),
        *review_section(proposed.review),
        "Nothing was created or changed. The file is checked anew with every commit.",
    ]


def _listed(proposed: Proposed, findings: Sequence[Finding], links: Links) -> list[str]:
    return [
        part
        for number, finding in enumerate(findings, 1)
        for part in _finding(proposed, finding, number, links)
    ]


def _finding(proposed: Proposed, finding: Finding, number: int, links: Links) -> list[str]:
    where = links.line(proposed.file.path, proposed.commit, finding.line)
    fix = [f"**To fix it:** {prose(sentence(finding.hint))}"] if finding.hint else []
    return [
        f"**{number}.** {where}: {prose(sentence(finding.message))}",
        *_quoted(proposed.file, finding),
        *fix,
    ]


def _quoted(file: JudgedFile, finding: Finding) -> list[str]:
    block = markdown_block(dedent("\n".join(excerpt(file.lines, finding))).split("\n"))
    return [block] if block else []


def _more(number: int) -> list[str]:
    return [f"And {number} more, shown when these are fixed."] if number > 0 else []


def _worth_a_look(proposed: Proposed, links: Links, most: int) -> list[str]:
    warnings = proposed.file.warnings
    if not warnings:
        return []
    return ["#### Worth a look, but no obstacle", *_listed(proposed, warnings[:most], links)]


def _good(proposed: Proposed, plan: HubPlan | None, links: Links, not_planned: str) -> list[str]:
    file = proposed.file
    if plan is None:
        said = _unplanned(file, not_planned) if not_planned else _unobserved(file)
        return [*said, *review_section(proposed.review), *_worth_a_look(proposed, links, 5)]
    return [
        _first_line(file, plan),
        *_outcome(plan),
        *review_section(proposed.review),
        *app_tables(plan),
        *_worth_a_look(proposed, links, 5),
        _afterwards(plan),
    ]


def _unplanned(file: JudgedFile, why: str) -> list[str]:
    return [
        f"### 🟠 What a merge of {markdown_code(file.path)} would do could not be checked. Network "
        "maintainer, please run the check again.",
        "The file itself has no mistakes.",
        f"**Why:** {prose(why)}",
        "Nothing was created or changed.",
    ]


def _unobserved(file: JudgedFile) -> list[str]:
    path = markdown_code(file.path)
    subject = path if file.lines else f"The removal of {path}"
    return [
        f"### ✅ {subject} is in order and can be merged by a network maintainer.",
        "What a merge would change was not looked at, because this network checks files only. "
        "After the merge, every step looks first and does only what is missing.",
        _AFTERWARDS if file.lines else _AFTER_REMOVAL,
    ]


def _first_line(file: JudgedFile, plan: HubPlan) -> str:
    path = markdown_code(file.path)
    subject = f"The removal of {path}" if plan.retiring else path
    if people := _blocking(plan):
        return (
            f"### 🟠 {subject} is in order, but a merge is blocked. "
            f"{listed(people).capitalize()}, please see “To do” below."
        )
    if any(not step.checked for app in plan.apps for step in app.steps):
        return (
            f"### 🟠 {subject}: not everything could be checked that a merge would do. Network "
            "maintainer, please run the check again before you merge."
        )
    if plan.retiring:
        return (
            f"### ✅ Ready to be merged by a network maintainer; it takes {_title(plan)} offline."
        )
    return f"### ✅ {path} is ready to be merged by a network maintainer."


def _blocking(plan: HubPlan) -> list[str]:
    """Who has to do something before a merge helps."""
    return list(dict.fromkeys(_person(step) for step in blocked_steps(plan)))


def _person(step: PlannedStep) -> str:
    return PEOPLE[Actor.MAINTAINER if step.who is Actor.NOBODY else step.who]


def _title(plan: HubPlan) -> str:
    return markdown(plan.title, 100)


def _outcome(plan: HubPlan) -> list[str]:
    outcome = plan_outcome(plan)
    if outcome == NOTHING:
        return ["A merge changes nothing outside this repository: there is nothing to do."]
    kept = " Nothing is deleted: repositories and projects are kept." if plan.retiring else ""
    return [f"What a merge does: {outcome}.{kept}"]


def _afterwards(plan: HubPlan) -> str:
    return _AFTER_REMOVAL if plan.retiring else _AFTERWARDS


_AFTER_REMOVAL = "Nothing was created or changed yet. After the merge, this comment shows progress."
_AFTERWARDS = f"{_AFTER_REMOVAL.removesuffix('.')} and the DNS entries to set."
