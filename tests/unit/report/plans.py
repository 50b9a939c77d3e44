"""Frozen example plans and checked files."""

from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.read.load import absent
from provisioner.models.finding import Finding, Severity
from provisioner.models.plan import Actor, AppPlan, HubPlan, PlannedStep, Verdict
from provisioner.report.links import Links
from provisioner.report.pull_request import Proposed
from tests.unit.report.runs import COMMIT

HEAD = Links("https://github.com/amina-k/hubs")
COPY = "nairobi-commons/nairobi-commons--docs"
SOURCE = (
    "name: Nairobi Commons",
    "maintainers: [amina-k]",
    "apps:",
    "  docs:",
    "    app: docs-site",
    "    domains: docs.nairobi.example.org",
    "    env:",
    "      API_TOKEN: *********************************",
)
PATH = "hubs/nairobi-commons.yaml"


def proposed(*findings: Finding, path: str = PATH, lines: tuple[str, ...] = SOURCE) -> Proposed:
    """A file of a pull request; without lines, one that it removes."""
    return Proposed(JudgedFile(absent(path), findings, lines), COMMIT)


GOOD = proposed()
REMOVED = proposed(lines=())
NOT_A_LIST = Finding(
    code="wrong-list",
    message="`domains` must be a list of host names",
    hint="write `- docs.nairobi.example.org` on a line of its own below `domains:`",
    line=6,
    column=14,
    pointer="/apps/docs/domains",
)
PLAIN_SECRET = Finding(
    code="secret-in-plain-text",
    message="`API_TOKEN` is a secret, and it stands here in plain text",
    hint="make this one invalid where it came from, and seal a new one with `provisioner seal`",
    line=8,
    column=18,
    pointer="/apps/docs/env/API_TOKEN",
)
NO_ACCOUNT = Finding(
    severity=Severity.WARNING,
    code="no-account",
    message="no `github` account is named, so the copies go to the network's own",
    line=1,
)
BROKEN = proposed(NO_ACCOUNT, NOT_A_LIST, PLAIN_SECRET)


def planned(action: str, verdict: Verdict, detail: str = "", **more: object) -> PlannedStep:
    fields = {"action": action, "verdict": verdict, "detail": detail, **more}
    return PlannedStep.model_validate(fields)


def hub_plan(*steps: PlannedStep, **more: object) -> HubPlan:
    app = AppPlan(id="docs", app="docs-site", title="Documentation site", steps=steps)
    fields: dict[str, object] = {
        "hub": "nairobi-commons",
        "title": "Nairobi Commons",
        "digest": "d1",
        "reason": "its file has changed",
        "apps": (app,),
    }
    return HubPlan.model_validate({**fields, **more})


def new_hub() -> HubPlan:
    return hub_plan(
        planned("fork-repository", Verdict.CREATE, f"Copy example-network/docs-site to {COPY}."),
        planned("create-project", Verdict.CREATE, f"Make the project {COPY}."),
        planned("set-environment", Verdict.CREATE, "Set SITE_TITLE."),
        planned("deploy", Verdict.CREATE, f"Deploy {COPY}."),
        planned("attach-domains", Verdict.CREATE, "Attach docs.nairobi.example.org."),
        planned(
            "verify-dns",
            Verdict.KEEP,
            "The DNS entries are known once the domains are attached.",
        ),
        planned("check-live", Verdict.KEEP, "The app has no address yet."),
    )


def blocked_hub() -> HubPlan:
    return hub_plan(
        planned(
            "fork-repository",
            Verdict.BLOCKED,
            f"There is a repository {COPY} already, and nothing shows that it is this hub's.",
            hint="Rename it, or write `adopt: true` below this app in the hub file.",
            who=Actor.FACILITATOR,
        ),
        planned("create-project", Verdict.BLOCKED, "Not before the step above."),
    )


def settled_hub() -> HubPlan:
    steps = (
        planned("fork-repository", Verdict.KEEP, COPY),
        planned("check-live", Verdict.KEEP, "docs.nairobi.example.org answers."),
    )
    return hub_plan(*steps, due=False, reason="")


def unseen_hub() -> HubPlan:
    step = planned("fork-repository", Verdict.KEEP, "GitHub could not be reached.", checked=False)
    return hub_plan(step)


def leaving_hub() -> HubPlan:
    return hub_plan(
        planned("detach-domains", Verdict.REMOVE, "Take off docs.nairobi.example.org."),
        planned("pause-project", Verdict.REMOVE, f"Pause {COPY}."),
        retiring=True,
        reason="its file is gone",
    )
