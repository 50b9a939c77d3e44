"""Frozen example runs, built up from small pieces. Names and addresses are for examples only."""

from datetime import UTC, datetime, timedelta

from provisioner.models.dns import DnsEntry, DnsState
from provisioner.models.plan import Actor, Resource
from provisioner.models.run import AppRecord, Run, RunState, StepRecord, StepState
from provisioner.report.links import Links

NOW = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)
LINKS = Links("https://github.com/example-network/hubs")
ACTIONS_RUN = "https://github.com/example-network/hubs/actions/runs/4711"
COMMIT = "5f0c9e1b7a3d4c2e8f6a1b0d9c8e7f6a5b4c3d2e"
ZONE = "nairobi.example.org"
WEBSITE = (
    "fork-repository",
    "create-project",
    "set-environment",
    "deploy",
    "attach-domains",
    "verify-dns",
    "check-live",
)
BOT = (
    "fork-repository",
    "create-project",
    "set-environment",
    "deploy",
    "register-webhook",
    "check-live",
)
_SECONDS = {"fork-repository": 6, "create-project": 2, "set-environment": 1, "deploy": 41}
_DETAILS = {
    "fork-repository": "nairobi-commons/nairobi-commons--{app}",
    "create-project": "nairobi-commons/nairobi-commons--{app}",
    "set-environment": "1 variable is set.",
    "deploy": "Built and live.",
    "attach-domains": "docs.nairobi.example.org",
    "verify-dns": "Every DNS entry is in place.",
    "check-live": "The address answers.",
    "register-webhook": "The bot points at the app.",
}


def done(action: str, app: str, after: int = 0) -> StepRecord:
    started = NOW - timedelta(minutes=5) + timedelta(seconds=after)
    return StepRecord(
        action=action,
        state=StepState.DONE,
        attempts=1,
        started_at=started,
        ended_at=started + timedelta(seconds=_SECONDS.get(action, 1)),
        detail=_DETAILS[action].format(app=app),
    )


def steps(
    actions: tuple[str, ...], app: str, finished: int, *then: StepRecord
) -> tuple[StepRecord, ...]:
    """The first `finished` are done, `then` come the given ones, and the rest is pending."""
    first = tuple(
        done(action, app, 10 * number) for number, action in enumerate(actions[:finished])
    )
    rest = actions[finished + len(then) :]
    return (*first, *then, *(StepRecord(action=action) for action in rest))


def resources(app: str) -> tuple[Resource, ...]:
    name = f"nairobi-commons/nairobi-commons--{app}"
    return (
        Resource(kind="domain", name="docs.nairobi.example.org"),
        Resource(kind="project", name=name),
        Resource(kind="repository", name=name),
    )


def docs(*app_steps: StepRecord, dns: tuple[DnsEntry, ...] = (), url: bool = True) -> AppRecord:
    live = all(step.state is StepState.DONE for step in app_steps)
    host = "docs.nairobi.example.org" if live else "nairobi-commons--docs.vercel.app"
    return AppRecord(
        id="docs",
        app="docs-site",
        title="Documentation site",
        url=f"https://{host}" if url else None,
        dns=dns,
        steps=app_steps,
        resources=resources("docs"),
    )


def bot(*app_steps: StepRecord, url: bool = True) -> AppRecord:
    return AppRecord(
        id="bot",
        app="telegram-bot",
        title="Telegram bot",
        url="https://nairobi-commons--bot.vercel.app" if url else None,
        steps=app_steps,
        resources=resources("bot")[1:],
    )


def run(state: RunState, *apps: AppRecord, **more: object) -> Run:
    fields: dict[str, object] = {
        "id": "20260303-135601-5f0c9e1",
        "hub": "nairobi-commons",
        "title": "Nairobi Commons",
        "state": state,
        "digest": "d1",
        "commit": COMMIT,
        "pull_request": 12,
        "started_at": NOW - timedelta(minutes=6),
        "actions_run_url": ACTIONS_RUN,
        "apps": apps,
    }
    return Run.model_validate({**fields, **more})


def cname(state: DnsState = DnsState.MISSING, *answers: str, note: str = "") -> DnsEntry:
    return DnsEntry(
        type="CNAME",
        name="docs.nairobi.example.org",
        value="3f2a9c41d07b65e8.vercel-dns-017.com",
        state=state,
        zone=ZONE,
        answers=answers,
        note=note,
    )


def ownership(state: DnsState = DnsState.MISSING) -> DnsEntry:
    return DnsEntry(
        type="TXT",
        name="_vercel.nairobi.example.org",
        value="vc-domain-verify=docs.nairobi.example.org,1a2b3c4d5e6f",
        state=state,
        zone=ZONE,
    )


def stray() -> DnsEntry:
    return DnsEntry(
        type="AAAA",
        name="docs.nairobi.example.org",
        value="2001:db8::17",
        state=DnsState.REMOVE,
        zone=ZONE,
        answers=("2001:db8::17",),
        note="It leads visitors to another server.",
    )


def waiting_for_dns(attempt: int = 2) -> StepRecord:
    return StepRecord(
        action="verify-dns",
        state=StepState.WAITING,
        attempts=attempt,
        started_at=NOW - timedelta(minutes=4),
        detail="The DNS entries are not in place yet.",
        hint="Set them where the domain is registered. It can take an hour until they are seen; "
        "the provisioner looks again by itself.",
        who=Actor.FACILITATOR,
        wake_at=NOW + timedelta(minutes=28),
    )


def failed_build() -> StepRecord:
    return StepRecord(
        action="deploy",
        state=StepState.FAILED,
        attempts=1,
        started_at=NOW - timedelta(minutes=4),
        ended_at=NOW - timedelta(minutes=3, seconds=18),
        detail="The app could not be deployed: Command `npm run build` exited with 1.",
        hint="Read the end of the build log below, fix the cause, then re-run the job.",
        who=Actor.MAINTAINER,
        log_tail=(
            "Running npm run build",
            "src/bot.ts:14:7 - error TS2322: Type 'string' is not assignable to type 'number'.",
            'Error: Command "npm run build" exited with 1',
        ),
    )


def waiting_run() -> Run:
    """The website waits for DNS entries, the bot is live."""
    return run(
        RunState.WAITING,
        docs(*steps(WEBSITE, "docs", 5, waiting_for_dns()), dns=(cname(), ownership())),
        bot(*steps(BOT, "bot", 6)),
        wake_at=NOW + timedelta(minutes=28),
    )


def failed_run() -> Run:
    """The bot's build failed; the website waits for DNS entries, one of them to remove."""
    return run(
        RunState.FAILED,
        docs(
            *steps(WEBSITE, "docs", 5, waiting_for_dns()),
            dns=(cname(DnsState.WRONG, "old-host.example.net"), stray()),
        ),
        bot(*steps(BOT, "bot", 3, failed_build()), url=False),
        wake_at=NOW + timedelta(minutes=28),
    )


def completed_run() -> Run:
    entries = (cname(DnsState.OK, "3f2a9c41d07b65e8.vercel-dns-017.com"), ownership(DnsState.OK))
    return run(
        RunState.COMPLETED,
        docs(*steps(WEBSITE, "docs", 7), dns=entries),
        bot(*steps(BOT, "bot", 6)),
        ended_at=NOW,
    )


def running_run() -> Run:
    """Both apps are being built; nothing is known of DNS yet."""
    building = StepRecord(
        action="deploy",
        state=StepState.RUNNING,
        attempts=1,
        started_at=NOW - timedelta(seconds=20),
        detail="The app is being built.",
    )
    return run(
        RunState.RUNNING,
        docs(*steps(WEBSITE, "docs", 3, building), url=False),
        bot(*steps(BOT, "bot", 1), url=False),
    )


def retired_run() -> Run:
    gone = tuple(
        StepRecord(action=action, state=StepState.DONE, attempts=1)
        for action in ("detach-domains", "pause-project")
    )
    app = docs(*gone, dns=(cname(DnsState.OK),)).model_copy(update={"retiring": True})
    return run(RunState.COMPLETED, app, retiring=True, ended_at=NOW)


def named(given: Run, hub: str, title: str, pull_request: int) -> Run:
    return given.model_copy(update={"hub": hub, "title": title, "pull_request": pull_request})


def with_words(given: Run, words: str) -> Run:
    """The same run, with every foreign text in it replaced."""

    def step(each: StepRecord) -> StepRecord:
        update = {"detail": words, "hint": words, "log_tail": (words, words)}
        return each.model_copy(update=update)

    def entry(each: DnsEntry) -> DnsEntry:
        update = {"value": words, "note": words, "answers": (words,)}
        return each.model_copy(update=update)

    def app(each: AppRecord) -> AppRecord:
        update = {
            "title": words,
            "dns": tuple(entry(item) for item in each.dns),
            "steps": tuple(step(item) for item in each.steps),
            "resources": tuple(item.model_copy(update={"name": words}) for item in each.resources),
        }
        return each.model_copy(update=update)

    apps = tuple(app(each) for each in given.apps)
    return given.model_copy(update={"title": words, "notes": (words,), "apps": apps})
