"""Operations on branches, their protection, and Actions environments.

See docs.github.com: rest/branches, rest/deployments/environments.
"""

from typing import Any, Literal

from provisioner.sandbox.github.calls import Call, Reply, Route, not_found, paged, unprocessable
from provisioner.sandbox.github.payload_commits import commit_payload
from provisioner.sandbox.github.payload_settings import (
    branch_payload,
    branch_policy,
    environment_payload,
    protection_payload,
    ruleset_rules,
)
from provisioner.sandbox.github.records import Environment


def _branch(call: Call) -> Reply:
    """A branch of a fork that cannot be read yet is not there."""
    branch, repository = call.path["branch"], call.repository
    sha = repository.git.head(branch) if call.has_commits else None
    if sha is None:
        raise not_found("Branch not found")
    commit = commit_payload(call.github, repository, sha)
    return Reply(200, branch_payload(call.github, repository, branch, commit))


def _protection(call: Call) -> Reply:
    branch, repository = call.path["branch"], call.repository
    if repository.git.head(branch) is None:
        raise not_found("Branch not found")
    protection = repository.protections.get(branch)
    if protection is None or protection.ruleset:
        raise not_found("Branch not protected")
    return Reply(200, protection_payload(call.github, repository, branch, protection))


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


def _environment(call: Call) -> Reply:
    found = call.repository.environments.get(call.path["environment_name"])
    if found is None:
        raise not_found()
    return Reply(200, environment_payload(call.github, call.repository, found))


def _put_environment(call: Call) -> Reply:
    """Made if it is new; what the body leaves out is as in a new one."""
    now, name = call.github.world.clock.now(), call.path["environment_name"]
    known = call.repository.environments.get(name)
    environment = known or Environment(call.github.world.number(), name, now, now)
    environment.branches = _policy(call.body.get("deployment_branch_policy"))
    environment.wait_timer = int(call.body.get("wait_timer") or 0)
    environment.updated_at = now
    call.repository.environments[name] = environment
    return Reply(200, environment_payload(call.github, call.repository, environment))


def _policy(given: Any) -> Literal["all", "protected", "custom"]:
    if given is None:
        return "all"
    protected, custom = given.get("protected_branches"), given.get("custom_branch_policies")
    if protected is custom:
        raise unprocessable(
            "protected_branches and custom_branch_policies cannot have the same value"
        )
    return "protected" if protected else "custom"


ROUTES: tuple[Route, ...] = (
    Route("GET", "/repos/<owner>/<repo>/branches/<path:branch>", _branch),
    Route(
        "GET",
        "/repos/<owner>/<repo>/branches/<path:branch>/protection",
        _protection,
        needs="admin",
    ),
    Route("GET", "/repos/<owner>/<repo>/rules/branches/<path:branch>", _rules),
    Route("GET", "/repos/<owner>/<repo>/environments", _environments),
    Route(
        "GET",
        "/repos/<owner>/<repo>/environments/<environment_name>/deployment-branch-policies",
        _branch_policies,
    ),
    Route("GET", "/repos/<owner>/<repo>/environments/<path:environment_name>", _environment),
    Route(
        "PUT",
        "/repos/<owner>/<repo>/environments/<path:environment_name>",
        _put_environment,
        needs="admin",
    ),
)
