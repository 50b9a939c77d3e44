"""Operations on forks: list, create, bring up to date with the upstream.

See docs.github.com: rest/repos/forks, rest/branches/branches (sync a fork).
"""

from provisioner.sandbox.github.api_accounts import forbidden
from provisioner.sandbox.github.api_repositories import NAME
from provisioner.sandbox.github.calls import (
    ApiError,
    Call,
    Reply,
    Route,
    invalid,
    not_found,
    paged,
    unprocessable,
)
from provisioner.sandbox.github.diff import changes
from provisioner.sandbox.github.history import is_ancestor, merged_tree
from provisioner.sandbox.github.payload_repositories import full_repository, repository_payload
from provisioner.sandbox.github.records import Account, Repository

WORKFLOWS = ".github/workflows/"


def _list(call: Call) -> Reply:
    forks = call.github.repositories.forks_of(call.repository)
    ordered = forks if call.query.get("sort") == "oldest" else forks[::-1]
    return paged(call, ordered, lambda one: repository_payload(call.github, one, call.actor))


def _create(call: Call) -> Reply:
    """Accepted; the commits can be read some time later."""
    source, name = call.repository, call.body.get("name")
    if call.actor.kind == "actions":
        raise forbidden(call.actor)
    owner = _owner(call)
    _check_source(source)
    if not call.github.access.may_create_in(call.actor, owner):
        raise forbidden(call.actor)
    if name is not None and not NAME.fullmatch(str(name)):
        raise invalid("Repository", "name", "name is invalid")
    fork = call.github.copies.fork(
        source,
        owner,
        call.actor.account,
        None if name is None else str(name),
        call.body.get("default_branch_only") is True,
    )
    return Reply(202, full_repository(call.github, fork, call.actor))


def _owner(call: Call) -> Account:
    """Without an organisation a fork goes to the token's own user."""
    login = call.body.get("organization")
    if not login:
        return call.actor.account
    owner = call.github.accounts.find(str(login))
    if owner is None:
        raise not_found()
    if not owner.is_organization:
        raise unprocessable(
            f"'{owner.login}' is the login for a user account. "
            "You must pass the login for an organization account."
        )
    return owner


def _check_source(source: Repository) -> None:
    disabled = source.private and not source.owner.forks_of_private
    if not source.allow_forking or disabled:
        raise ApiError(403, "The repository exists, but forking is disabled.")
    if not source.git.branches():
        raise ApiError(
            403,
            "The repository exists, but it contains no Git content. "
            "Empty repositories cannot be forked.",
        )


def _merge_upstream(call: Call) -> Reply:
    """Brings a branch of a fork up to the same branch of what it was forked from."""
    fork, branch = call.readable, call.text("branch")
    if fork.parent is None:
        raise unprocessable("Repository is not a fork")
    ours, theirs = fork.git.head(branch), fork.parent.git.head(branch)
    if ours is None or theirs is None:
        raise unprocessable(f"Branch {branch} was not found")
    upstream = f"{fork.parent.owner.login}:{branch}"
    if is_ancestor(fork.git, theirs, ours):
        return _merged("none", f"This branch is not behind the upstream {upstream}.", upstream)
    _check_workflows(call, ours, theirs)
    if is_ancestor(fork.git, ours, theirs):
        call.github.repositories.move(fork, branch, theirs)
        said = f"Successfully fetched and fast-forwarded from upstream {upstream}."
        return _merged("fast-forward", said, upstream)
    call.github.repositories.move(fork, branch, _merge(call, fork, ours, theirs, upstream))
    return _merged("merge", f"Successfully fetched and merged from upstream {upstream}.", upstream)


def _merge(call: Call, fork: Repository, ours: str, theirs: str, upstream: str) -> str:
    tree = merged_tree(fork.git, ours, theirs)
    if tree is None:
        raise ApiError(409, "There are merge conflicts")
    who = call.github.repositories.identity(call.actor.account)
    message = f"Merge branch '{upstream}' into {fork.default_branch}"
    return fork.git.write_commit(tree, [ours, theirs], who, who, message)


def _check_workflows(call: Call, ours: str, theirs: str) -> None:
    git = call.repository.git
    if call.github.token_changes_workflows:
        return
    for change in changes(git, git.tree_of(ours), git.tree_of(theirs)):
        if change.path.startswith(WORKFLOWS):
            raise unprocessable(
                "refusing to allow a Personal Access Token to create or update workflow "
                f"`{change.path}` without `workflow` scope"
            )


def _merged(kind: str, message: str, upstream: str) -> Reply:
    return Reply(200, {"message": message, "merge_type": kind, "base_branch": upstream})


ROUTES: tuple[Route, ...] = (
    Route("GET", "/repos/<owner>/<repo>/forks", _list),
    Route("POST", "/repos/<owner>/<repo>/forks", _create),
    Route("POST", "/repos/<owner>/<repo>/merge-upstream", _merge_upstream, needs="write"),
)
