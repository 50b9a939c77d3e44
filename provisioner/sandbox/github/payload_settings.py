"""Branches, their protection and Actions environments as GitHub's API shows them.

Pure functions. See docs.github.com: rest/branches, rest/deployments/environments.
"""

from provisioner.sandbox.github.payload_basics import Payload, node_id, path_of, time_of
from provisioner.sandbox.github.payload_repositories import api_url, html_url
from provisioner.sandbox.github.records import Environment, Protection, Repository
from provisioner.sandbox.github.state import GitHubWorld


def environment_payload(
    github: GitHubWorld, repository: Repository, environment: Environment
) -> Payload:
    quoted = path_of(environment.name)
    page = f"{html_url(github, repository)}/deployments/activity_log"
    policy = {
        "all": None,
        "protected": {"protected_branches": True, "custom_branch_policies": False},
        "custom": {"protected_branches": False, "custom_branch_policies": True},
    }[environment.branches]
    return {
        "id": environment.id,
        "node_id": node_id("EN", environment.id),
        "name": environment.name,
        "url": f"{api_url(github, repository)}/environments/{quoted}",
        "html_url": f"{page}?environments_filter={quoted}",
        "created_at": time_of(environment.created_at),
        "updated_at": time_of(environment.updated_at),
        "protection_rules": _rules(environment),
        "deployment_branch_policy": policy,
    }


def _rules(environment: Environment) -> list[Payload]:
    rules: list[Payload] = []
    key = environment.id
    if environment.wait_timer:
        rules.append(
            {
                "id": key + 1,
                "node_id": node_id("GA", key + 1),
                "type": "wait_timer",
                "wait_timer": environment.wait_timer,
            }
        )
    if environment.branches != "all":
        rules.append({"id": key + 2, "node_id": node_id("GA", key + 2), "type": "branch_policy"})
    return rules


def branch_policy(number: int, name: str) -> Payload:
    """A pattern of branches that may use an environment."""
    return {"id": number, "node_id": node_id("GBP", number), "name": name, "type": "branch"}


def ruleset_rules(repository: Repository, protection: Protection) -> list[Payload]:
    """What a ruleset demands of a branch, one rule after the other."""
    rules: list[Payload] = []
    if not protection.deletable:
        rules.append({"type": "deletion"})
    if not protection.forcible:
        rules.append({"type": "non_fast_forward"})
    if protection.updates:
        rules.append({"type": "update", "parameters": {"update_allows_fetch_and_merge": False}})
    if protection.reviews is not None:
        rules.append({"type": "pull_request", "parameters": _reviews(protection)})
    if protection.contexts:
        rules.append({"type": "required_status_checks", "parameters": _checks(protection)})
    about = {
        "ruleset_source_type": "Repository",
        "ruleset_source": repository.full_name,
        "ruleset_id": repository.id,
    }
    return [{**rule, **about} for rule in rules]


def _reviews(protection: Protection) -> Payload:
    return {
        "dismiss_stale_reviews_on_push": False,
        "require_code_owner_review": protection.code_owners,
        "require_last_push_approval": False,
        "required_approving_review_count": protection.reviews,
        "required_review_thread_resolution": False,
    }


def _checks(protection: Protection) -> Payload:
    return {
        "strict_required_status_checks_policy": protection.strict,
        "required_status_checks": [{"context": one} for one in protection.contexts],
    }


def branch_payload(
    github: GitHubWorld, repository: Repository, branch: str, commit: Payload
) -> Payload:
    """A branch with its newest commit."""
    url = f"{api_url(github, repository)}/branches/{path_of(branch)}"
    protection = repository.protections.get(branch)
    rule = None if protection is None or protection.ruleset else protection
    contexts = rule.contexts if rule else []
    return {
        "name": branch,
        "commit": commit,
        "_links": {
            "self": url,
            "html": f"{html_url(github, repository)}/tree/{path_of(branch)}",
        },
        "protected": protection is not None,
        "protection": {
            "enabled": rule is not None,
            "required_status_checks": {
                "enforcement_level": _level(rule),
                "contexts": contexts,
                "checks": [{"context": one, "app_id": None} for one in contexts],
            },
        },
        "protection_url": f"{url}/protection",
    }


def _level(protection: Protection | None) -> str:
    if protection is None or not protection.contexts:
        return "off"
    return "everyone" if protection.enforce_admins else "non_admins"
