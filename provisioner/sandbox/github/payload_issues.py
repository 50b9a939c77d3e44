"""Issues, comments and labels as GitHub's API shows them. Pure functions.

See docs.github.com: rest/issues.
"""

from provisioner.sandbox.github.payload_accounts import simple_user
from provisioner.sandbox.github.payload_basics import (
    Payload,
    maybe_time,
    node_id,
    path_of,
    time_of,
)
from provisioner.sandbox.github.payload_repositories import api_url, html_url
from provisioner.sandbox.github.records import (
    Account,
    Comment,
    Issue,
    Label,
    PullRequest,
    Repository,
)
from provisioner.sandbox.github.state import GitHubWorld


def label_payload(github: GitHubWorld, repository: Repository, label: Label) -> Payload:
    return {
        "id": label.id,
        "node_id": node_id("LA", label.id),
        "url": f"{api_url(github, repository)}/labels/{path_of(label.name)}",
        "name": label.name,
        "description": "",
        "color": label.color,
        "default": False,
    }


def labels_of(github: GitHubWorld, issue: Issue) -> list[Payload]:
    labels = (github.issues.label(issue.repository, name) for name in issue.labels)
    return [label_payload(github, issue.repository, one) for one in labels]


def association(github: GitHubWorld, repository: Repository, account: Account) -> str:
    """What a person is to a repository."""
    if repository.owner is account:
        return "OWNER"
    if account.login in repository.owner.members:
        return "MEMBER"
    if account.login in repository.collaborators:
        return "COLLABORATOR"
    merged = any(
        one.issue.author is account and one.merged_at for one in github.pulls.of(repository)
    )
    return "CONTRIBUTOR" if merged else "NONE"


def comment_payload(github: GitHubWorld, comment: Comment) -> Payload:
    issue = comment.issue
    url, page = api_url(github, issue.repository), _page(github, issue)
    return {
        "id": comment.id,
        "node_id": node_id("IC", comment.id),
        "url": f"{url}/issues/comments/{comment.id}",
        "html_url": f"{page}#issuecomment-{comment.id}",
        "issue_url": f"{url}/issues/{issue.number}",
        "user": simple_user(github, comment.author),
        "created_at": time_of(comment.created_at),
        "updated_at": time_of(comment.updated_at),
        "body": comment.body,
        "author_association": association(github, issue.repository, comment.author),
        "performed_via_github_app": None,
    }


def _page(github: GitHubWorld, issue: Issue) -> str:
    is_pull = github.pulls.find(issue.repository, issue.number) is not None
    return f"{html_url(github, issue.repository)}/{'pull' if is_pull else 'issues'}/{issue.number}"


def issue_payload(github: GitHubWorld, issue: Issue) -> Payload:
    """An issue; a pull request seen as one says so under `pull_request`."""
    url = f"{api_url(github, issue.repository)}/issues/{issue.number}"
    pull = github.pulls.find(issue.repository, issue.number)
    payload = {
        "id": issue.id,
        "node_id": node_id("I", issue.id),
        "url": url,
        "repository_url": api_url(github, issue.repository),
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "html_url": _page(github, issue),
        "number": issue.number,
        "state": issue.state,
        "state_reason": issue.state_reason,
        "title": issue.title,
        "body": issue.body,
        "user": simple_user(github, issue.author),
        "labels": labels_of(github, issue),
        **people(github, issue),
        "milestone": None,
        "locked": False,
        "active_lock_reason": None,
        "comments": len(github.issues.comments_on(issue)),
        "created_at": time_of(issue.created_at),
        "updated_at": time_of(issue.updated_at),
        "closed_at": maybe_time(issue.closed_at),
        "closed_by": simple_user(github, issue.closed_by) if issue.closed_by else None,
        "author_association": association(github, issue.repository, issue.author),
        "performed_via_github_app": None,
    }
    return payload if pull is None else {**payload, "pull_request": pull_links(github, pull)}


def people(github: GitHubWorld, issue: Issue) -> Payload:
    people = [simple_user(github, github.accounts.person(one)) for one in issue.assignees]
    return {"assignee": people[0] if people else None, "assignees": people}


def pull_links(github: GitHubWorld, pull: PullRequest) -> Payload:
    page = f"{html_url(github, pull.repository)}/pull/{pull.number}"
    return {
        "url": f"{api_url(github, pull.repository)}/pulls/{pull.number}",
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "merged_at": maybe_time(pull.merged_at),
    }
