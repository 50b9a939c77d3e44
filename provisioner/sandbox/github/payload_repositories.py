"""Repositories as GitHub's API shows them (docs.github.com: rest/repos). Pure functions."""

from provisioner.sandbox.github.accounts import Actor
from provisioner.sandbox.github.payload_accounts import simple_user
from provisioner.sandbox.github.payload_basics import Payload, links, node_id, time_of
from provisioner.sandbox.github.records import Repository
from provisioner.sandbox.github.state import GitHubWorld

_LINKS = {
    "url": "",
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}
DEFAULT_SETTINGS = {
    "has_issues": True,
    "has_projects": True,
    "has_wiki": True,
    "allow_squash_merge": True,
    "allow_merge_commit": True,
    "allow_rebase_merge": True,
    "allow_auto_merge": False,
    "delete_branch_on_merge": False,
    "allow_update_branch": False,
    "use_squash_pr_title_as_default": False,
    "squash_merge_commit_title": "COMMIT_OR_PR_TITLE",
    "squash_merge_commit_message": "COMMIT_MESSAGES",
    "merge_commit_title": "MERGE_MESSAGE",
    "merge_commit_message": "PR_TITLE",
    "web_commit_signoff_required": False,
}


def api_url(github: GitHubWorld, repository: Repository) -> str:
    return f"{github.url}/repos/{repository.full_name}"


def html_url(github: GitHubWorld, repository: Repository) -> str:
    return f"{github.url}/{repository.full_name}"


def linked_repository(github: GitHubWorld, repository: Repository) -> Payload:
    """The least that GitHub says of a repository within an event."""
    return {
        "id": repository.id,
        "node_id": node_id("R", repository.id),
        "name": repository.name,
        "full_name": repository.full_name,
        "private": repository.private,
        "owner": simple_user(github, repository.owner),
        "html_url": html_url(github, repository),
        "description": repository.description,
        "fork": repository.fork,
        **links(api_url(github, repository), _LINKS),
    }


def repository_payload(
    github: GitHubWorld, repository: Repository, actor: Actor | None = None
) -> Payload:
    """A repository as it stands in lists and within other answers."""
    permissions = {"permissions": _permissions(github, repository, actor)} if actor else {}
    return {
        **linked_repository(github, repository),
        **_addresses(github, repository),
        **_counts(github, repository),
        "created_at": time_of(repository.created_at),
        "updated_at": time_of(repository.pushed_at),
        "pushed_at": time_of(repository.pushed_at),
        "default_branch": repository.default_branch,
        "mirror_url": None,
        "homepage": repository.settings.get("homepage"),
        "language": None,
        "license": None,
        "topics": [],
        "visibility": "private" if repository.private else "public",
        "is_template": repository.is_template,
        "allow_forking": repository.allow_forking,
        "archived": repository.archived,
        "disabled": False,
        "has_issues": _setting(repository, "has_issues"),
        "has_projects": _setting(repository, "has_projects"),
        "has_wiki": _setting(repository, "has_wiki"),
        "has_pages": False,
        "has_downloads": True,
        "has_discussions": False,
        "web_commit_signoff_required": _setting(repository, "web_commit_signoff_required"),
        **permissions,
    }


def full_repository(
    github: GitHubWorld, repository: Repository, actor: Actor | None = None
) -> Payload:
    """A repository read by itself, with where it comes from."""
    payload = {
        **repository_payload(github, repository, actor),
        **{name: _setting(repository, name) for name in DEFAULT_SETTINGS},
        "subscribers_count": 0,
        "network_count": len(github.repositories.forks_of(repository)),
        "temp_clone_token": None,
    }
    if repository.owner.is_organization:
        payload["organization"] = simple_user(github, repository.owner)
    if repository.parent and repository.source:
        payload["parent"] = repository_payload(github, repository.parent)
        payload["source"] = repository_payload(github, repository.source)
    if repository.template:
        payload["template_repository"] = repository_payload(github, repository.template)
    return payload


def _setting(repository: Repository, name: str) -> object:
    return repository.settings.get(name, DEFAULT_SETTINGS[name])


def _addresses(github: GitHubWorld, repository: Repository) -> Payload:
    host = github.url.partition("://")[2]
    return {
        "git_url": f"git://{host}/{repository.full_name}.git",
        "ssh_url": f"git@{host}:{repository.full_name}.git",
        "clone_url": f"{html_url(github, repository)}.git",
        "svn_url": html_url(github, repository),
    }


def _counts(github: GitHubWorld, repository: Repository) -> Payload:
    forks = len(github.repositories.forks_of(repository))
    issues = sum(one.state == "open" for one in github.issues.of(repository))
    return {
        "forks": forks,
        "forks_count": forks,
        "stargazers_count": 0,
        "watchers": 0,
        "watchers_count": 0,
        "open_issues": issues,
        "open_issues_count": issues,
        "size": 0 if not repository.git.branches() else 1,
    }


def _permissions(github: GitHubWorld, repository: Repository, actor: Actor) -> Payload:
    """The role of the token's user; an Actions token has none, whatever it may do."""
    person = actor.kind == "user"
    has = github.access.permission(actor, repository) if person else "none"
    return {
        "admin": has == "admin",
        "maintain": has == "admin",
        "push": has in {"admin", "write"},
        "triage": has in {"admin", "write"},
        "pull": has != "none",
    }
