"""Commits and what they changed as GitHub's API shows them. Pure functions.

See docs.github.com: rest/commits, rest/git/commits.
"""

from datetime import UTC, datetime

from dulwich.objects import Commit

from provisioner.sandbox.github.diff import FileChange
from provisioner.sandbox.github.git import Identity
from provisioner.sandbox.github.payload_accounts import simple_user
from provisioner.sandbox.github.payload_basics import Payload, node_id, path_of, time_of
from provisioner.sandbox.github.payload_repositories import api_url, html_url
from provisioner.sandbox.github.records import Repository
from provisioner.sandbox.github.state import GitHubWorld

UNSIGNED = {
    "verified": False,
    "reason": "unsigned",
    "signature": None,
    "payload": None,
    "verified_at": None,
}


def _identity(line: bytes, seconds: float) -> Payload:
    one = Identity.read(line, seconds)
    return {"name": one.name, "email": one.email, "date": time_of(one.when)}


def author_of(commit: Commit) -> Payload:
    return _identity(commit.author, commit.author_time)


def committer_of(commit: Commit) -> Payload:
    return _identity(commit.committer, commit.commit_time)


def message_of(commit: Commit) -> str:
    return bytes(commit.message).decode("utf-8", "replace")


def git_commit(github: GitHubWorld, repository: Repository, sha: str) -> Payload:
    """A commit as a git object."""
    commit = repository.git.the_commit(sha)
    url, page = api_url(github, repository), html_url(github, repository)
    parents = [one.decode() for one in commit.parents]
    return {
        "sha": sha,
        "node_id": node_id("C", sha),
        "url": f"{url}/git/commits/{sha}",
        "html_url": f"{page}/commit/{sha}",
        "author": author_of(commit),
        "committer": committer_of(commit),
        "message": message_of(commit),
        "tree": _tree_link(github, repository, commit),
        "parents": [
            {
                "sha": one,
                "url": f"{url}/git/commits/{one}",
                "html_url": f"{page}/commit/{one}",
            }
            for one in parents
        ],
        "verification": UNSIGNED,
    }


def _tree_link(github: GitHubWorld, repository: Repository, commit: Commit) -> Payload:
    sha = commit.tree.decode()
    return {"sha": sha, "url": f"{api_url(github, repository)}/git/trees/{sha}"}


def commit_payload(github: GitHubWorld, repository: Repository, sha: str) -> Payload:
    """A commit as part of a repository, with the accounts behind it."""
    commit = repository.git.the_commit(sha)
    url, page = api_url(github, repository), html_url(github, repository)
    return {
        "sha": sha,
        "node_id": node_id("C", sha),
        "commit": {
            "author": author_of(commit),
            "committer": committer_of(commit),
            "message": message_of(commit),
            "tree": _tree_link(github, repository, commit),
            "url": f"{url}/git/commits/{sha}",
            "comment_count": 0,
            "verification": UNSIGNED,
        },
        "url": f"{url}/commits/{sha}",
        "html_url": f"{page}/commit/{sha}",
        "comments_url": f"{url}/commits/{sha}/comments",
        "author": _account(github, author_of(commit)["email"]),
        "committer": _account(github, committer_of(commit)["email"]),
        "parents": [
            {
                "sha": one.decode(),
                "url": f"{url}/commits/{one.decode()}",
                "html_url": f"{page}/commit/{one.decode()}",
            }
            for one in commit.parents
        ],
    }


def _account(github: GitHubWorld, email: str) -> Payload | None:
    """None where no account has the address."""
    found = github.accounts.by_email(email)
    return simple_user(github, found) if found else None


def simple_commit(repository: Repository, sha: str) -> Payload:
    """A commit as it stands in an Actions run."""
    commit = repository.git.the_commit(sha)
    author, committer = author_of(commit), committer_of(commit)
    return {
        "id": sha,
        "tree_id": commit.tree.decode(),
        "message": message_of(commit),
        "timestamp": time_of(datetime.fromtimestamp(commit.commit_time, UTC)),
        "author": {"name": author["name"], "email": author["email"]},
        "committer": {"name": committer["name"], "email": committer["email"]},
    }


def file_change(
    github: GitHubWorld, repository: Repository, sha: str, change: FileChange
) -> Payload:
    """One file of a commit, a comparison or a pull request, whose head is `sha`."""
    url, page, path = (
        api_url(github, repository),
        html_url(github, repository),
        path_of(change.path),
    )
    payload = {
        "sha": change.sha,
        "filename": change.path,
        "status": change.status,
        "additions": change.additions,
        "deletions": change.deletions,
        "changes": change.additions + change.deletions,
        "blob_url": f"{page}/blob/{sha}/{path}",
        "raw_url": f"{page}/raw/{sha}/{path}",
        "contents_url": f"{url}/contents/{path}?ref={sha}",
    }
    if change.patch is not None:
        payload["patch"] = change.patch
    if change.previous_path is not None:
        payload["previous_filename"] = change.previous_path
    return payload
