"""Two branches of the network's repository: what protects the default one and the journal's."""

from collections.abc import Iterator

from provisioner.doctor.base import Probe
from provisioner.doctor.home import Home
from provisioner.github.door import STATUS as CHECK
from provisioner.github.state_branch import BRANCH
from provisioner.models.diagnosis import Verdict, not_ok, ok, unknown
from provisioner.models.setup import BranchRules, BranchSettings

AREA = "repository"
OWNERS_FOLDER, OWNERS_FILE = ".github", "CODEOWNERS"

_RULESETS = "On the repository's page, open `Settings`, `Rules`, `Rulesets`"
_RULES = (
    f"{_RULESETS}, and the ruleset for the default branch: `Require status checks to pass`, `Add "
    f"checks`, `{CHECK}`."
)
_FIRST = "It can be chosen once a first pull request has been checked."
_STOPS_THE_JOURNAL = frozenset(
    {"update", "pull_request", "required_status_checks", "required_signatures", "merge_queue"}
)


def probes(home: Home) -> list[Probe]:
    return [
        Probe(AREA, "branch protection", lambda: _default_branch(home)),
        Probe(AREA, "code owners", lambda: _code_owners(home)),
        Probe(AREA, "state branch", lambda: _state_branch(home)),
        Probe(AREA, "state branch protection", lambda: _state_rules(home)),
    ]


def _default_branch(home: Home) -> Verdict:
    name = home.settings.default_branch
    branch = home.reader.branch(home.settings.full_name, name)
    if branch is None:
        return not_ok(f"There is no branch {name} yet.", "Push the network's files to it.")
    rules = home.reader.rules(home.settings.full_name, name)
    if CHECK not in (*branch.required_checks, *rules.required_checks):
        return _check_missing(name, branch, rules)
    lacking = list(_lacking(rules)) if CHECK in rules.required_checks else []
    if lacking:
        return not_ok(
            f"A merge into {name} needs {CHECK}, but {' and '.join(lacking)}.",
            f"{_RULESETS}, and the ruleset for the default branch: see docs/set-up.md, step 9.",
        )
    return ok(f"A merge into {name} needs {CHECK}.")


def _check_missing(name: str, branch: BranchSettings, rules: BranchRules) -> Verdict:
    if branch.rule:
        return not_ok(
            f"The rule that protects {name} does not ask for {CHECK}: a hub file with mistakes "
            "could be merged.",
            "On the repository's page, open `Settings`, `Branches`, the rule, `Require status "
            f"checks to pass before merging`, and add `{CHECK}`. {_FIRST}",
        )
    if rules.kinds:
        return not_ok(
            f"The rulesets that protect {name} do not ask for {CHECK}: a hub file with mistakes "
            "could be merged.",
            f"{_RULES} {_FIRST}",
        )
    return not_ok(
        f"Nothing protects {name}: a hub file with mistakes could be merged, or pushed unseen.",
        f"{_RULES} {_FIRST}",
    )


def _lacking(rules: BranchRules) -> Iterator[str]:
    if not (rules.up_to_date or "merge_queue" in rules.kinds):
        yield "a branch need not be up to date, so that two hubs can get the same domain"
    if "pull_request" not in rules.kinds:
        yield "no pull request is required"
    if "non_fast_forward" not in rules.kinds:
        yield "its history may be rewritten"


def _code_owners(home: Home) -> Verdict:
    """Whoever changes the program or the workflow files could use the network's tokens."""
    settings = home.settings
    if OWNERS_FILE not in home.reader.file_names(settings.full_name, OWNERS_FOLDER):
        return not_ok(
            f"The default branch has no `{OWNERS_FOLDER}/{OWNERS_FILE}`.",
            "Put back the one of the provisioner's own repository, with your maintainers in it.",
        )
    rules = home.reader.rules(settings.full_name, settings.default_branch)
    if rules.code_owner_review:
        return ok(f"Their review is required; `{OWNERS_FOLDER}/{OWNERS_FILE}` names them.")
    branch = home.reader.branch(settings.full_name, settings.default_branch)
    where = f"{_RULESETS}, the one for the default branch: `Require review from Code Owners`."
    if branch is not None and branch.rule:
        return unknown(
            "Whether the branch protection rule asks for their review cannot be seen with this "
            "token.",
            "On the repository's page, open `Settings`, `Branches`, the rule: `Require review "
            "from Code Owners` must be ticked.",
        )
    return not_ok("Their review is not required.", where)


def _state_branch(home: Home) -> Verdict:
    """The journal. Nothing is written to try it, so some of this stays unknown."""
    if home.person is not None and not home.settings.may_write:
        return not_ok(
            f"{home.person}, whose GITHUB_TOKEN this is, may not write to {home.full_name}.",
            "Use the token of somebody who may, or let Actions run the provisioner.",
        )
    branch = home.reader.branch(home.settings.full_name, BRANCH)
    rules = home.reader.rules(home.settings.full_name, BRANCH)
    stopping = sorted(rules.kinds & _STOPS_THE_JOURNAL)
    if stopping or (branch is not None and branch.rule):
        return _stopped(stopping)
    if branch is not None:
        return ok(f"{BRANCH} is there, and nothing stands in the way of writing to it.")
    whose = f"{home.person} may write here" if home.person is not None else "no ruleset stops it"
    return ok(f"The first run makes {BRANCH}; {whose}.")


def _stopped(stopping: list[str]) -> Verdict:
    where = "`Settings`, `Rules`, `Rulesets`" if stopping else "`Settings`, `Branches`"
    kinds = f" ({', '.join(stopping)})" if stopping else ""
    return not_ok(
        f"{BRANCH} is protected in a way that stops the journal from being written{kinds}.",
        f"On the repository's page, open {where}, and let no rule that asks for pull requests, "
        f"checks, signatures or special rights apply to {BRANCH}.",
    )


def _state_rules(home: Home) -> Verdict:
    """What is lost with the branch is only a record; but it says whose a hub's name is."""
    rules = home.reader.rules(home.settings.full_name, BRANCH)
    if {"deletion", "non_fast_forward"} <= rules.kinds:
        return ok(f"{BRANCH} can neither be deleted nor rewritten.")
    return not_ok(
        f"{BRANCH} may be deleted or rewritten by whoever may write here; with it goes the record "
        "of whose each hub's name is.",
        f"{_RULESETS}, make one for `{BRANCH}` with `Restrict deletions` and `Block force pushes` "
        "and nothing else.",
    )
