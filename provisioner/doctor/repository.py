"""The network's own repository: is it there, do its Actions workflows run, does the schedule?"""

from datetime import datetime, timedelta

from provisioner.doctor.base import Probe
from provisioner.doctor.home import Home
from provisioner.models.diagnosis import Verdict, not_ok, ok, unknown

AREA = "repository"
FOLDER = ".github/workflows"
WORKFLOW_FILES = ("check.yml", "report.yml", "provision.yml")
PROVISION = f"{FOLDER}/provision.yml"
PUSHED_BRANCHES = ("main", "master")
"""Those whose pushes start `provision.yml`."""
LONG = timedelta(hours=6)
"""The schedule starts every half hour; GitHub may delay or drop a run, but not that many."""


def probes(home: Home, now: datetime, inside_actions: bool) -> list[Probe]:
    """`inside_actions`: this very process runs in Actions of that repository."""
    return [
        Probe(AREA, home.full_name, lambda: _repository(home)),
        Probe(AREA, "workflow files", lambda: _workflow_files(home)),
        Probe(AREA, "Actions", lambda: _actions(home, inside_actions)),
        Probe(AREA, "schedule", lambda: _schedule(home, now)),
    ]


def _repository(home: Home) -> Verdict:
    settings = home.found
    if settings is None:
        return not_ok(
            "GitHub shows no such repository.",
            "Correct GITHUB_REPOSITORY, or give GITHUB_TOKEN read access to it.",
        )
    if settings.archived:
        return not_ok(
            "It is archived, so nothing in it can be changed.",
            "On its page, open `Settings`, `General`, `Danger zone`, `Unarchive this repository`.",
        )
    if settings.default_branch not in PUSHED_BRANCHES:
        return not_ok(
            f"Its default branch is called {settings.default_branch}, and a merge starts "
            f"`provision.yml` only on {' or '.join(PUSHED_BRANCHES)}.",
            "Rename the branch to `main` (`Settings`, `General`, `Default branch`).",
        )
    return ok(f"It is there; its default branch is {settings.default_branch}.")


def _workflow_files(home: Home) -> Verdict:
    there = home.reader.file_names(home.settings.full_name, FOLDER)
    lacking = [name for name in WORKFLOW_FILES if name not in there]
    if lacking:
        return not_ok(
            f"The default branch lacks {', '.join(lacking)} in `{FOLDER}`.",
            "Put back what the provisioner's own repository has there.",
        )
    return ok(f"{', '.join(WORKFLOW_FILES)} are on the default branch.")


def _actions(home: Home, inside_actions: bool) -> Verdict:
    settings = home.reader.actions(home.settings.full_name)
    if settings is None:
        return _actions_unseen(inside_actions)
    if not settings.enabled:
        return not_ok(
            "Actions are switched off.",
            "On the repository's page, open `Settings`, `Actions`, `General`, and allow actions "
            "created by GitHub.",
        )
    if settings.allowed == "local_only":
        return not_ok(
            "Only the repository owner's own actions may run; the workflow files use some that "
            "GitHub made.",
            "On the repository's page, open `Settings`, `Actions`, `General`, and allow actions "
            "created by GitHub.",
        )
    if settings.allowed == "selected":
        return unknown(
            "Chosen actions may run; which ones was not looked at.",
            "On the repository's page, open `Settings`, `Actions`, `General`: `Allow actions "
            "created by GitHub` must be ticked.",
        )
    return ok("They are switched on.")


def _actions_unseen(inside_actions: bool) -> Verdict:
    """Only administrators are shown the setting; but there may be better evidence."""
    if inside_actions:
        return ok("They are switched on: this runs there.")
    return unknown(
        "GITHUB_TOKEN may not see this setting.",
        "On the repository's page, open `Settings`, `Actions`, `General`: Actions must be allowed, "
        "at least those created by GitHub.",
    )


def _schedule(home: Home, now: datetime) -> Verdict:
    settings = home.settings
    last = home.reader.last_scheduled(settings.full_name, PROVISION)
    if last is not None and now - last < LONG:
        return ok(f"It last ran {_ago(now - last)} ago.")
    if last is None and now - settings.created_at < LONG:
        return unknown(
            "It has not run yet; the repository is new.",
            "Look again in some hours. It starts by itself, twice an hour.",
        )
    since = f"It last ran {_ago(now - last)} ago" if last else "It has never run"
    return not_ok(
        f"{since}, and it should run every half hour. GitHub switches schedules off after 60 days "
        "without activity, and in forks.",
        "On the repository's page, open `Actions`, `provision`, and choose `Enable workflow`. If "
        "that is not there, start it once with `Run workflow`, and look again in some hours.",
    )


def _ago(length: timedelta) -> str:
    if length < timedelta(hours=1):
        return f"{max(int(length.total_seconds() // 60), 0)} minutes"
    if length < timedelta(days=2):
        return f"{int(length.total_seconds() // 3600)} hours"
    return f"{length.days} days"
