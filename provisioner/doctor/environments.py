"""The Actions environments that hold the secrets: there, and for the default branch alone."""

from collections.abc import Iterable

from provisioner.desired.resolve import Desired
from provisioner.doctor.base import Probe
from provisioner.doctor.home import Home
from provisioner.github.state_branch import BRANCH
from provisioner.models.diagnosis import Verdict, not_ok, ok, unknown
from provisioner.models.setup import BranchLimit, EnvironmentSettings

AREA = "repository"
NETWORK = "provisioner"
OF_A_HUB = "hub-"

_PAGE = "On the repository's page, open `Settings`, `Environments`"


def probes(home: Home, desired: Desired) -> list[Probe]:
    return [
        Probe(AREA, f"environment {NETWORK}", lambda: _network(home)),
        Probe(AREA, "hub environments", lambda: _hubs(home, desired)),
    ]


def _network(home: Home) -> Verdict:
    found = {one.name: one for one in home.reader.environments(home.settings.full_name)}
    if NETWORK not in found:
        return not_ok(
            "There is none, so nothing can be provisioned.",
            f"{_PAGE}, `New environment`, name it `{NETWORK}`, limit it to the default branch and "
            "add the three secrets that docs/set-up.md lists in step 6.",
        )
    good = ok(f"It is there, for {home.settings.default_branch} alone.")
    return _limited(home, (found[NETWORK],)) or good


def _hubs(home: Home, desired: Desired) -> Verdict:
    """A wrong name is not seen otherwise: the hub would use the network's tokens."""
    found = [
        one
        for one in home.reader.environments(home.settings.full_name)
        if one.name.startswith(OF_A_HUB)
    ]
    if not found:
        return ok("There are none; all hubs use the network's.")
    nobodys = _nobodys(home, desired, found)
    if nobodys:
        return not_ok(
            f"No hub belongs to {', '.join(nobodys)}.",
            f"{_PAGE}: correct the name to `{OF_A_HUB}` and the hub's name, or delete it.",
        )
    names = ", ".join(one.name for one in found)
    return _limited(home, found) or ok(f"Each has its hub, for the default branch: {names}.")


def _nobodys(home: Home, desired: Desired, found: Iterable[EnvironmentSettings]) -> list[str]:
    """Those of no hub that has a file, or had one and is in the journal."""
    known = {*desired.hubs, *desired.broken}
    strange = [one.name for one in found if one.name.removeprefix(OF_A_HUB) not in known]
    if not strange:
        return []
    recorded = home.reader.file_names(home.settings.full_name, "hubs", BRANCH)
    return [name for name in strange if f"{name.removeprefix(OF_A_HUB)}.json" not in recorded]


def _limited(home: Home, environments: Iterable[EnvironmentSettings]) -> Verdict | None:
    """What is wrong, or not known, with the branches that may use them."""
    by_limit: dict[BranchLimit, list[str]] = {limit: [] for limit in BranchLimit}
    for one in environments:
        by_limit[one.branches].append(one.name)
    branch = home.settings.default_branch
    if by_limit[BranchLimit.ALL]:
        return not_ok(
            f"Workflow files on any branch may use the secrets of "
            f"{', '.join(by_limit[BranchLimit.ALL])}.",
            f"{_PAGE}, the environment, `Deployment branches and tags`: choose `Selected branches "
            f"and tags`, and add `{branch}` alone.",
        )
    named = (_named(home, name, branch) for name in by_limit[BranchLimit.NAMED])
    wrong = next(filter(None, named), None)
    return wrong or _protection(home, by_limit[BranchLimit.PROTECTED])


def _named(home: Home, environment: str, branch: str) -> Verdict | None:
    policies = home.reader.branch_policies(home.settings.full_name, environment)
    only = f"{_PAGE}, `{environment}`: under `Deployment branches and tags`, `{branch}` alone may "
    if policies is None:
        return unknown(
            f"{environment} is limited to chosen branches; this token may not see which.",
            f"{only}stand.",
        )
    others = sorted(set(policies) - {branch})
    if not others and policies:
        return None
    who = f"Workflow files on {', '.join(others)} may use" if others else "No branch may use"
    return not_ok(f"{who} the secrets of {environment}.", f"{only}stand.")


def _protection(home: Home, names: list[str]) -> Verdict | None:
    """As long as no rule protects any branch, GitHub counts all of them as protected.

    See docs.github.com: managing environments for deployment.
    """
    if not names:
        return None
    branch = home.settings.default_branch
    found = home.reader.branch(home.settings.full_name, branch)
    if found is not None and found.rule:
        return None
    told = not_ok if found is None or not found.protected else unknown
    return told(
        f"{_are(names)} for protected branches only, and no branch protection rule holds for "
        f"{branch}. While a repository has none, GitHub takes all branches for protected.",
        f"{_PAGE}, the environment, `Deployment branches and tags`: choose `Selected branches and "
        f"tags`, and add `{branch}` alone.",
    )


def _are(names: list[str]) -> str:
    return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'}"
