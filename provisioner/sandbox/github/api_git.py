"""Operations on git's own objects and references (docs.github.com: rest/git)."""

from collections.abc import Mapping
from typing import Any

from provisioner.sandbox.github.calls import Call, Reply, Route, not_found, time_in, unprocessable
from provisioner.sandbox.github.git import HEADS, Identity
from provisioner.sandbox.github.payload_commits import git_commit
from provisioner.sandbox.github.payload_files import blob_payload, ref_payload, tree_payload
from provisioner.sandbox.github.records import Repository

Change = tuple[str, str] | None


def _read_blob(call: Call) -> Reply:
    sha = call.path["file_sha"]
    data = call.readable.git.blob(sha)
    if data is None:
        raise not_found()
    return Reply(200, blob_payload(call.github, call.repository, sha, data))


def _write_tree(call: Call) -> Reply:
    git, base = call.readable.git, call.body.get("base_tree")
    if base is not None:
        commit = git.commit(str(base))
        base = commit.tree.decode() if commit else str(base)
        if git.tree(base) is None:
            raise unprocessable("base_tree is not a valid tree")
    entries = call.body.get("tree")
    if not isinstance(entries, list) or not entries:
        raise unprocessable("Invalid tree info")
    changes = dict(_change(call, one) for one in entries)
    sha = git.write_tree(base, changes)
    return Reply(201, tree_payload(call.github, call.repository, sha, recursive=False))


def _change(call: Call, entry: Mapping[str, Any]) -> tuple[str, Change]:
    """One entry of a tree: new bytes, an object that is there, or (SHA null) nothing."""
    git, path = call.repository.git, str(entry.get("path", ""))
    if not path or path.startswith("/"):
        raise unprocessable("tree.path contains a malformed path component")
    if "content" in entry:
        return path, (str(entry.get("mode", "100644")), git.write_blob(entry["content"].encode()))
    if entry.get("sha") is None:
        return path, None
    if git.object(str(entry["sha"])) is None:
        raise unprocessable(f"tree.sha {entry['sha']} is not a valid {entry.get('type', 'blob')}")
    return path, (str(entry.get("mode", "100644")), str(entry["sha"]))


def _read_tree(call: Call) -> Reply:
    git, name = call.readable.git, call.path["tree_sha"]
    commit = git.resolve(name)
    sha = git.tree_of(commit) if commit else name
    if git.tree(sha) is None:
        raise not_found()
    recursive = call.query.get("recursive") is not None
    return Reply(200, tree_payload(call.github, call.repository, sha, recursive=recursive))


def _write_commit(call: Call) -> Reply:
    git, message = call.readable.git, call.text("message")
    tree, parents = call.text("tree"), [str(one) for one in call.body.get("parents", ())]
    if git.tree(tree) is None:
        raise unprocessable("Tree SHA does not exist")
    if any(git.commit(one) is None for one in parents):
        raise unprocessable("Parent SHA does not exist or is not a commit object")
    author = _person(call, call.body.get("author"))
    committer = _person(call, call.body.get("committer") or call.body.get("author"))
    sha = git.write_commit(tree, parents, author, committer, message)
    return Reply(201, git_commit(call.github, call.repository, sha))


def _person(call: Call, given: Mapping[str, str] | None) -> Identity:
    default = call.github.repositories.identity(call.actor.account)
    if not given:
        return default
    when = time_in(given["date"]) if given.get("date") else default.when
    return Identity(given.get("name", default.name), given.get("email", default.email), when)


def _read_commit(call: Call) -> Reply:
    sha = call.path["commit_sha"]
    if call.readable.git.commit(sha) is None:
        raise not_found()
    return Reply(200, git_commit(call.github, call.repository, sha))


def _read_ref(call: Call) -> Reply:
    name = f"refs/{call.path['ref']}"
    sha = call.readable.git.ref(name)
    if sha is None:
        raise not_found()
    return Reply(200, ref_payload(call.github, call.repository, name, sha))


def _create_ref(call: Call) -> Reply:
    name, sha = call.text("ref"), call.text("sha")
    git = call.readable.git
    if not name.startswith("refs/") or name.count("/") < 2:
        raise unprocessable("Reference name must start with 'refs/' and contain two slashes")
    if git.ref(name) is not None:
        raise unprocessable("Reference already exists")
    _move(call, name, _object(call, sha))
    return Reply(201, ref_payload(call.github, call.repository, name, sha))


def _object(call: Call, sha: str) -> str:
    if call.repository.git.commit(sha) is None:
        raise unprocessable("Object does not exist")
    return sha


def _move(call: Call, name: str, sha: str) -> None:
    """Branches tell everybody who listens; other references do not."""
    repository: Repository = call.repository
    if name.startswith(HEADS):
        call.github.repositories.move(repository, name.removeprefix(HEADS), sha)
    else:
        repository.git.set_ref(name, sha)


_GIT = "/repos/<owner>/<repo>/git"
ROUTES: tuple[Route, ...] = (
    Route("GET", f"{_GIT}/blobs/<file_sha>", _read_blob),
    Route("POST", f"{_GIT}/trees", _write_tree, needs="write"),
    Route("GET", f"{_GIT}/trees/<path:tree_sha>", _read_tree),
    Route("POST", f"{_GIT}/commits", _write_commit, needs="write"),
    Route("GET", f"{_GIT}/commits/<commit_sha>", _read_commit),
    Route("GET", f"{_GIT}/ref/<path:ref>", _read_ref),
    Route("POST", f"{_GIT}/refs", _create_ref, needs="write"),
)
