"""Operations on commits: list, read, compare, find their pull request.

See docs.github.com: rest/commits.
"""

from provisioner.sandbox.github.calls import Call, Reply, Route, not_found, paged, time_in
from provisioner.sandbox.github.diff import FileChange, changes, commit_changes
from provisioner.sandbox.github.history import between, history, merge_base
from provisioner.sandbox.github.payload_basics import Payload, path_of
from provisioner.sandbox.github.payload_commits import (
    author_of,
    commit_payload,
    committer_of,
    file_change,
)
from provisioner.sandbox.github.payload_pulls import pull_simple
from provisioner.sandbox.github.payload_repositories import api_url, html_url

FILES_SHOWN = 300


def _list(call: Call) -> Reply:
    repository = call.readable
    wanted = call.query.get("sha") or repository.default_branch
    start = repository.git.resolve(wanted)
    if start is None:
        raise not_found()
    found = [
        sha
        for sha in history(repository.git, start, call.query.get("path", ""))
        if _fits(call, sha)
    ]
    return paged(call, found, lambda sha: commit_payload(call.github, repository, sha))


def _fits(call: Call, sha: str) -> bool:
    """Whether a commit is by the author and from the time that were asked for."""
    commit = call.repository.git.the_commit(sha)
    author, when = author_of(commit), committer_of(commit)["date"]
    known = call.github.accounts.by_email(author["email"])
    names = {author["email"], author["name"], known.login if known else ""}
    since, until = call.query.get("since"), call.query.get("until")
    return (
        call.query.get("author", author["email"]) in names
        and (since is None or time_in(when) >= time_in(since))
        and (until is None or time_in(when) <= time_in(until))
    )


def _read(call: Call) -> Reply:
    """A commit with what it changed."""
    sha = call.commit(call.path["ref"])
    files = commit_changes(call.repository.git, sha)
    additions, deletions = _counts(files)
    return Reply(
        200,
        {
            **commit_payload(call.github, call.repository, sha),
            "stats": {
                "total": additions + deletions,
                "additions": additions,
                "deletions": deletions,
            },
            "files": _files(call, sha, files),
        },
    )


def _counts(files: list[FileChange]) -> tuple[int, int]:
    return sum(one.additions for one in files), sum(one.deletions for one in files)


def _files(call: Call, sha: str, files: list[FileChange]) -> list[Payload]:
    shown = files[:FILES_SHOWN]
    return [file_change(call.github, call.repository, sha, one) for one in shown]


def _compare(call: Call) -> Reply:
    """What the second of two commits, `base...head`, has that the first lacks."""
    base, head = _ends(call)
    git = call.repository.git
    common = merge_base(git, base, head)
    if common is None:
        raise not_found("No common ancestor between the two commits.")
    ahead, behind = between(git, base, head), between(git, head, base)
    page = paged(call, ahead, lambda sha: commit_payload(call.github, call.repository, sha))
    files = changes(git, git.tree_of(common), git.tree_of(head))
    body = {
        **_addresses(call, base, head),
        "base_commit": commit_payload(call.github, call.repository, base),
        "merge_base_commit": commit_payload(call.github, call.repository, common),
        "status": _relation(len(ahead), len(behind)),
        "ahead_by": len(ahead),
        "behind_by": len(behind),
        "total_commits": len(ahead),
        "commits": page.body,
        "files": _files(call, head, files) if call.query.get("page", "1") == "1" else [],
    }
    return Reply(200, body, page.headers)


def _ends(call: Call) -> tuple[str, str]:
    """Each end is a branch, tag or SHA; `owner:branch` means the owner's fork."""
    first, dots, second = call.path["basehead"].partition("...")
    found = [_end(call, one) for one in (first, second)] if dots else []
    known = [sha for sha in found if sha]
    if len(known) != 2:
        raise not_found()
    return known[0], known[1]


def _end(call: Call, name: str) -> str | None:
    owner, colon, branch = name.partition(":")
    if not colon:
        return call.readable.git.resolve(name)
    network = call.repository.source or call.repository
    for one in call.github.repositories.all():
        if one.owner.login.lower() == owner.lower() and (one.source or one) is network:
            return one.git.resolve(branch)
    return None


def _relation(ahead: int, behind: int) -> str:
    if ahead and behind:
        return "diverged"
    return "ahead" if ahead else "behind" if behind else "identical"


def _addresses(call: Call, base: str, head: str) -> Payload:
    page = html_url(call.github, call.repository)
    basehead = path_of(call.path["basehead"])
    return {
        "url": f"{api_url(call.github, call.repository)}/compare/{basehead}",
        "html_url": f"{page}/compare/{basehead}",
        "permalink_url": f"{page}/compare/{base}...{head}",
        "diff_url": f"{page}/compare/{basehead}.diff",
        "patch_url": f"{page}/compare/{basehead}.patch",
    }


def _pulls(call: Call) -> Reply:
    """Empty for a while after a merge, as on GitHub."""
    sha = call.commit(call.path["commit_sha"])
    found = call.github.pulls.with_commit(call.repository, sha)
    return paged(call, found, lambda one: pull_simple(call.github, one))


_COMMITS = "/repos/<owner>/<repo>/commits"
ROUTES: tuple[Route, ...] = (
    Route("GET", _COMMITS, _list),
    Route("GET", f"{_COMMITS}/<path:ref>", _read),
    Route("GET", f"{_COMMITS}/<commit_sha>/pulls", _pulls),
    Route("GET", "/repos/<owner>/<repo>/compare/<path:basehead>", _compare),
)
