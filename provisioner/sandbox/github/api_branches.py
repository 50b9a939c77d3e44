"""Operations on branches, the rules in force on them, and Actions environments.

See docs.github.com: rest/branches, rest/repos/rules, rest/deployments/environments.
"""

from provisioner.sandbox.github.calls import Call, Reply, Route, not_found, paged
from provisioner.sandbox.github.payload_commits import commit_payload
from provisioner.sandbox.github.payload_settings import (
    branch_payload,
    branch_policy,
    environment_payload,
    ruleset_rules,
)


def _branch(call: Call) -> Reply:
    """A branch of a fork that cannot be read yet is not there."""
    branch, repository = call.path["branch"], call.repository
    sha = repository.git.head(branch) if call.has_commits else None
    if sha is None:
        raise not_found("Branch not found")
    commit = commit_payload(call.github, repository, sha)
    return Reply(200, branch_payload(call.github, repository, branch, commit))


def _rules(call: Call) -> Reply:
    """Every rule in force on a branch, for whoever may read; those of rulesets alone."""
    found = call.repository.protections.get(call.path["branch"])
    rules = ruleset_rules(call.repository, found) if found and found.ruleset else []
    return paged(call, rules, lambda one: one)


def _branch_policies(call: Call) -> Reply:
    found = call.repository.environments.get(call.path["environment_name"])
    if found is None:
        raise not_found()
    named = list(enumerate(found.policies, found.id)) if found.branches == "custom" else []
    return paged(call, named, lambda one: branch_policy(*one), key="branch_policies")


def _environments(call: Call) -> Reply:
    repository = call.repository
    return paged(
        call,
        list(repository.environments.values()),
        lambda one: environment_payload(call.github, repository, one),
        key="environments",
    )


ROUTES: tuple[Route, ...] = (
    Route("GET", "/repos/<owner>/<repo>/branches/<path:branch>", _branch),
    Route("GET", "/repos/<owner>/<repo>/rules/branches/<path:branch>", _rules),
    Route("GET", "/repos/<owner>/<repo>/environments", _environments),
    Route(
        "GET",
        "/repos/<owner>/<repo>/environments/<environment_name>/deployment-branch-policies",
        _branch_policies,
    ),
)
