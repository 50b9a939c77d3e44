"""Pull requests as GitHub's API shows them (docs.github.com: rest/pulls)."""

from provisioner.sandbox.github.payload_accounts import simple_user
from provisioner.sandbox.github.payload_basics import Payload, maybe_time, node_id, time_of
from provisioner.sandbox.github.payload_issues import association, labels_of, people, pull_links
from provisioner.sandbox.github.payload_repositories import (
    api_url,
    linked_repository,
    repository_payload,
)
from provisioner.sandbox.github.records import PullRequest, Repository
from provisioner.sandbox.github.state import GitHubWorld


def pull_simple(github: GitHubWorld, pull: PullRequest) -> Payload:
    """A pull request as it stands in lists."""
    issue = pull.issue
    shown = pull_links(github, pull)
    return {
        **shown,
        "id": pull.id,
        "node_id": node_id("PR", pull.id),
        **_related(github, pull),
        "number": issue.number,
        "state": issue.state,
        "locked": False,
        "active_lock_reason": None,
        "title": issue.title,
        "user": simple_user(github, issue.author),
        "body": issue.body,
        "labels": labels_of(github, issue),
        "milestone": None,
        "created_at": time_of(issue.created_at),
        "updated_at": time_of(issue.updated_at),
        "closed_at": maybe_time(issue.closed_at),
        "merge_commit_sha": _merge_commit(github, pull),
        **people(github, issue),
        "requested_reviewers": [],
        "requested_teams": [],
        **_ends(github, pull),
        "_links": {
            name: {"href": address}
            for name, address in {
                "self": shown["url"],
                "html": shown["html_url"],
                "issue": _related(github, pull)["issue_url"],
                "comments": _related(github, pull)["comments_url"],
                "review_comments": _related(github, pull)["review_comments_url"],
                "review_comment": _related(github, pull)["review_comment_url"],
                "commits": _related(github, pull)["commits_url"],
                "statuses": _related(github, pull)["statuses_url"],
            }.items()
        },
        "author_association": association(github, pull.repository, issue.author),
        "auto_merge": None,
        "draft": False,
    }


def _merge_commit(github: GitHubWorld, pull: PullRequest) -> str | None:
    is_open = pull.issue.state == "open"
    return github.pulls.trial_merge(pull) if is_open else pull.merge_commit_sha


def _related(github: GitHubWorld, pull: PullRequest) -> Payload:
    url = api_url(github, pull.repository)
    return {
        "issue_url": f"{url}/issues/{pull.number}",
        "commits_url": f"{url}/pulls/{pull.number}/commits",
        "review_comments_url": f"{url}/pulls/{pull.number}/comments",
        "review_comment_url": f"{url}/pulls/comments{{/number}}",
        "comments_url": f"{url}/issues/{pull.number}/comments",
        "statuses_url": f"{url}/statuses/{pull.head_sha}",
    }


def _ends(github: GitHubWorld, pull: PullRequest) -> Payload:
    base, head = pull.repository, pull.head_repository
    return {
        "head": {
            "label": pull.label,
            "ref": pull.head_branch,
            "sha": pull.head_sha,
            "user": simple_user(github, pull.head_owner),
            "repo": repository_payload(github, head) if head else None,
        },
        "base": {
            "label": f"{base.owner.login}:{pull.base_branch}",
            "ref": pull.base_branch,
            "sha": pull.base_sha,
            "user": simple_user(github, base.owner),
            "repo": repository_payload(github, base),
        },
    }


def pull_payload(github: GitHubWorld, pull: PullRequest) -> Payload:
    """A pull request read by itself."""
    files = github.pulls.files(pull)
    is_open = pull.issue.state == "open"
    mergeable = github.pulls.trial_merge(pull) is not None if is_open else None
    state = {True: "clean", False: "dirty", None: "unknown"}[mergeable]
    return {
        **pull_simple(github, pull),
        "merged": pull.merged_at is not None,
        "mergeable": mergeable,
        "rebaseable": mergeable,
        "mergeable_state": state,
        "merged_by": simple_user(github, pull.merged_by) if pull.merged_by else None,
        "comments": len(github.issues.comments_on(pull.issue)),
        "review_comments": 0,
        "maintainer_can_modify": pull.head_repository is not pull.repository,
        "commits": len(github.pulls.commits(pull)),
        "additions": sum(one.additions for one in files),
        "deletions": sum(one.deletions for one in files),
        "changed_files": len(files),
    }


def pull_minimal(github: GitHubWorld, pull: PullRequest) -> Payload:
    """A pull request as it stands in an Actions run."""

    def end(ref: str, sha: str, repository: Repository) -> Payload:
        shown = linked_repository(github, repository)
        return {
            "ref": ref,
            "sha": sha,
            "repo": {"id": shown["id"], "url": shown["url"], "name": shown["name"]},
        }

    head = pull.head_repository or pull.repository
    return {
        "id": pull.id,
        "number": pull.number,
        "url": f"{api_url(github, pull.repository)}/pulls/{pull.number}",
        "head": end(pull.head_branch, pull.head_sha, head),
        "base": end(pull.base_branch, pull.base_sha, pull.repository),
    }
