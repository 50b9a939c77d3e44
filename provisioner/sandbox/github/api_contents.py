"""Operations on files and folders by their path (docs.github.com: rest/repos/contents)."""

import base64
import binascii
from posixpath import dirname, normpath

from provisioner.sandbox.github.calls import (
    ApiError,
    Call,
    Reply,
    Route,
    not_found,
    unprocessable,
)
from provisioner.sandbox.github.git import LINK_MODE, Entry, Identity
from provisioner.sandbox.github.payload_commits import git_commit
from provisioner.sandbox.github.payload_files import content_entry, file_content, submodule_content
from provisioner.sandbox.github.records import Repository

BIG_FILE = 1024 * 1024


def _read(call: Call) -> Reply:
    """A file with its bytes, or what a folder holds."""
    repository, path = call.repository, call.path.get("path", "").strip("/")
    if not call.has_commits:
        raise not_found("This repository is empty.")
    ref = call.query.get("ref") or repository.default_branch
    commit = repository.git.resolve(ref)
    if commit is None:
        raise not_found(f"No commit found for the ref {ref}")
    tree = repository.git.tree_of(commit)
    entry = repository.git.entry(tree, path) if path else Entry("", "040000", "tree", tree, None)
    if entry is None:
        raise not_found()
    entry = _followed(repository, tree, entry)
    if entry.kind == "tree":
        return Reply(200, _folder(call, repository, entry, path, ref))
    if entry.kind == "commit":
        return Reply(200, submodule_content(call.github, repository, entry, path, ref))
    return Reply(200, _file(call, repository, entry, path, ref))


def _followed(repository: Repository, tree: str, entry: Entry) -> Entry:
    """A link to a plain file of this repository is answered as that file (rest/repos/contents)."""
    if entry.mode != LINK_MODE:
        return entry
    leads = (repository.git.blob(entry.sha) or b"").decode("utf-8", "replace")
    where = normpath(f"{dirname(entry.path)}/{leads}" if dirname(entry.path) else leads)
    found = None if where.startswith(("..", "/")) else repository.git.entry(tree, where)
    return found if found is not None and found.kind == "blob" else entry


def _folder(
    call: Call, repository: Repository, entry: Entry, path: str, ref: str
) -> list[dict[str, object]]:
    prefix = f"{path}/" if path else ""
    return [
        content_entry(call.github, repository, one, prefix + one.path, ref)
        for one in repository.git.entries(entry.sha)
    ]


def _file(
    call: Call, repository: Repository, entry: Entry, path: str, ref: str
) -> dict[str, object]:
    """Above one megabyte GitHub sends no bytes."""
    shown = file_content(call.github, repository, entry, path, ref)
    too_big = (entry.size or 0) > BIG_FILE
    return {**shown, "content": "", "encoding": "none"} if too_big else shown


def _write(call: Call) -> Reply:
    """Create or replace a file; replacing needs the SHA of what is replaced."""
    message, data = call.text("message"), _decoded(call.text("content"))
    branch, parent = _target(call)
    path = call.path["path"]
    existing = _existing(call.repository, parent, path)
    if existing is not None and "sha" not in call.body:
        raise unprocessable('Invalid request.\n\n"sha" wasn\'t supplied.')
    _check_sha(call, existing, path)
    commit = _commit(call, branch, parent, {path: data}, message)
    written = call.repository.git.entry(call.repository.git.tree_of(commit), path)
    content = (
        content_entry(call.github, call.repository, written, path, branch) if written else None
    )
    return _done(call, 200 if existing else 201, content, commit)


def _target(call: Call) -> tuple[str, str | None]:
    """The branch to write to and its head; an empty repository's first branch has none."""
    repository = call.repository
    branch = str(call.body.get("branch") or repository.default_branch)
    head = repository.git.head(branch.removeprefix("refs/heads/"))
    if head is None and repository.git.branches():
        raise not_found(f"Branch {branch} not found")
    return branch.removeprefix("refs/heads/"), head


def _existing(repository: Repository, commit: str | None, path: str) -> Entry | None:
    return repository.git.entry(repository.git.tree_of(commit), path) if commit else None


def _check_sha(call: Call, existing: Entry | None, path: str) -> None:
    given = call.body.get("sha")
    if given is not None and (existing is None or existing.sha != given):
        raise ApiError(409, f"{path} does not match {given}")


def _commit(
    call: Call, branch: str, parent: str | None, files: dict[str, bytes | None], message: str
) -> str:
    git = call.repository.git
    author, committer = _person(call, "author"), _person(call, "committer")
    tree = git.write_files(parent, files)
    sha = git.write_commit(tree, [parent] if parent else [], author, committer, message)
    call.github.repositories.move(call.repository, branch, sha)
    return sha


def _person(call: Call, role: str) -> Identity:
    """Who the body names, else the token's own account."""
    default = call.github.repositories.identity(call.actor.account)
    given = call.body.get(role) or call.body.get("committer")
    return Identity(given["name"], given["email"], default.when) if given else default


def _done(call: Call, status: int, content: object, commit: str) -> Reply:
    shown = git_commit(call.github, call.repository, commit)
    return Reply(status, {"content": content, "commit": shown})


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode("".join(content.split()), validate=True)
    except binascii.Error:
        raise unprocessable("content is not valid Base64") from None


ROUTES: tuple[Route, ...] = (
    Route("GET", "/repos/<owner>/<repo>/contents/", _read),
    Route("GET", "/repos/<owner>/<repo>/contents/<path:path>", _read),
    Route("PUT", "/repos/<owner>/<repo>/contents/<path:path>", _write, needs="write"),
)
