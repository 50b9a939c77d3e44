"""Two branches of the network's repository: the default one is protected, the journal's is not."""

from provisioner.doctor.base import Probe
from provisioner.doctor.home import Home
from provisioner.github.state_branch import BRANCH
from provisioner.models.diagnosis import Verdict, not_ok, ok, unknown
from provisioner.models.setup import BranchSettings

AREA = "repository"
CHECK = "provisioner/check"

_RULES = (
    "On the repository's page, open `Settings`, `Rules`, `Rulesets`, and the ruleset for the "
    "default branch: `Require status checks to pass`, `Add checks`, `provisioner/check`."
)
_FIRST = "It can be chosen once a first pull request has been checked."


def probes(home: Home) -> list[Probe]:
    return [
        Probe(AREA, "branch protection", lambda: _default_branch(home)),
        Probe(AREA, "state branch", lambda: _state_branch(home)),
    ]


def _default_branch(home: Home) -> Verdict:
    name = home.settings.default_branch
    branch = home.reader.branch(home.settings.full_name, name)
    if branch is None:
        return not_ok(f"There is no branch {name} yet.", "Push the network's files to it.")
    if CHECK in branch.required_checks:
        return ok(f"A merge into {name} needs {CHECK}.")
    if branch.protected and not branch.rule:
        return unknown(
            f"A ruleset protects {name}; which checks it requires was not looked at.", _RULES
        )
    if branch.rule:
        return not_ok(
            f"The rule that protects {name} does not ask for {CHECK}: a hub file with mistakes "
            "could be merged.",
            "On the repository's page, open `Settings`, `Branches`, the rule, `Require status "
            f"checks to pass before merging`, and add `{CHECK}`. {_FIRST}",
        )
    return not_ok(
        f"Nothing protects {name}: a hub file with mistakes could be merged, or pushed unseen.",
        f"{_RULES} {_FIRST}",
    )


def _state_branch(home: Home) -> Verdict:
    """The journal. Nothing is written to try it, so some of this stays unknown."""
    if home.person is not None and not home.settings.may_write:
        return not_ok(
            f"{home.person}, whose GITHUB_TOKEN this is, may not write to {home.full_name}.",
            "Use the token of somebody who may, or let Actions run the provisioner.",
        )
    branch = home.reader.branch(home.settings.full_name, BRANCH)
    if branch is None:
        return _not_made_yet(home)
    if not branch.protected:
        return ok(f"{BRANCH} is there, and nothing stands in the way of writing to it.")
    return _protected(branch)


def _not_made_yet(home: Home) -> Verdict:
    if home.person is not None:
        return ok(f"The first run makes {BRANCH}; {home.person} may write here.")
    return unknown(
        f"The first run makes {BRANCH}. Whether a ruleset stops it was not looked at.",
        "On the repository's page, open `Settings`, `Rules`, `Rulesets`: none may apply to all "
        "branches.",
    )


def _protected(branch: BranchSettings) -> Verdict:
    where = "`Settings`, `Branches`" if branch.rule else "`Settings`, `Rules`, `Rulesets`"
    mend = (
        f"On the repository's page, open {where}, and let no rule that asks for pull requests, "
        f"checks or signatures apply to {BRANCH}."
    )
    if branch.rule:
        return not_ok(f"{BRANCH} is protected, so the journal may not be written.", mend)
    return unknown(f"A ruleset applies to {BRANCH}; what it forbids was not looked at.", mend)
