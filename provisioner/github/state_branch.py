"""The journal's files on a branch of the network's repository.

Each write names the file's blob that was read, so that a lost race is refused
(409, or 422 when two writers create the file) and never overwrites. GitHub also
answers 409 when another file's write moved the branch meanwhile: the caller
reads again and repeats (docs.github.com: rest/repos/contents).

The branch begins with a commit that is the same whoever makes it and whenever, so
that its id is known before: where GitHub takes only a write or two a minute, each
try goes on where the last one stopped, also that of another process.
"""

import base64
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from provisioner.errors import RemoteError, UnusableFile
from provisioner.github import wire
from provisioner.github.git_objects import Signature, first_commit, tree_of_one_file
from provisioner.github.reading import change, fetch
from provisioner.github.session import GitHubSession

BRANCH = "provisioner-state"
FIRST = "Begin the journal"
README = (
    "# The provisioner's journal\n\n"
    "One file a hub: what was intended, tried and seen. Written by the provisioner;\n"
    "please do not edit it by hand. It holds no secrets.\n"
)
BY = Signature(
    "provisioner", "provisioner@users.noreply.github.com", datetime(2026, 1, 1, tzinfo=UTC)
)
"""With an author of its own GitHub signs no commit, which would give it another id each time
(docs.github.com: about commit signature verification)."""
FIRST_TREE = tree_of_one_file("README.md", README.encode())
FIRST_COMMIT = first_commit(FIRST_TREE, BY, FIRST)


class StateBranch:
    """Files with compare-and-swap. `version` is a file's blob id; `None` means no file.

    Safe to share between threads: one of them makes the branch.
    """

    def __init__(self, session: GitHubSession, full_name: str) -> None:
        self._session = session
        self._path = f"/repos/{full_name}"
        self._is_there = False
        self._known: dict[str, str] = {}
        self._beginning = threading.Lock()

    def read(self, path: str) -> tuple[bytes, str] | None:
        """The file and its version, or `None` where there is no file or no branch.

        Raises `UnusableFile` for a folder or link, and for more than GitHub gives (1 MB).
        """
        found = fetch(self._session, self._contents(path), _content, ref=BRANCH)
        self._is_there = self._is_there or found is not None
        return found

    def names(self, folder: str) -> list[str]:
        """The files directly in `folder`. GitHub lists 1,000 entries and says of no more."""
        path = self._contents(folder)
        found = fetch(self._session, path, wire.whole_folder, ref=BRANCH)
        self._is_there = self._is_there or found is not None
        return found or []

    def write(self, path: str, content: bytes, version: str | None, message: str) -> str | None:
        """Write if the file still has `version`; the new version, or `None` when the race is lost.

        One commit. Creates the branch at its first write.
        """
        body: dict[str, Any] = {
            "message": message,
            "content": base64.b64encode(content).decode(),
            "branch": BRANCH,
        }
        if version is not None:
            body["sha"] = version
        if not self._is_there:  # a write that is refused is one of the few a minute, too
            self._ensure_branch()
        try:
            return self._put(path, body)
        except RemoteError as error:
            if error.status != 404:
                raise
        self._ensure_branch()  # 404: it was deleted meanwhile, or the token may not write
        return self._put(path, body)

    def _put(self, path: str, body: dict[str, Any]) -> str | None:
        try:
            return change(self._session, "PUT", self._contents(path), body, wire.blob_written)
        except RemoteError as error:
            if error.status == 409 or (error.status == 422 and "sha" not in body):
                return None
            raise

    def _ensure_branch(self) -> None:
        """Make the branch, without history of its own, unless it is there. Safe to repeat: what
        an earlier try made is not made again."""
        with self._beginning:
            reference = f"{self._path}/git/ref/heads/{BRANCH}"
            self._is_there = self._session.get(reference, none_for=(404, 409)) is not None
            if not self._is_there:
                self._begin(self._there_or_made("commits", FIRST_COMMIT, self._first_commit))
            self._is_there = True

    def _begin(self, commit: str) -> None:
        try:
            body = {"ref": f"refs/heads/{BRANCH}", "sha": commit}
            self._session.send("POST", f"{self._path}/git/refs", body)
        except RemoteError as error:
            if error.status != 422:  # another writer made it first
                raise

    def _first_commit(self) -> dict[str, Any]:
        """Its committer is its author, as GitHub has it where none is named."""
        tree = self._there_or_made("trees", FIRST_TREE, _first_tree)
        return {"message": FIRST, "tree": tree, "parents": [], "author": BY.as_json}

    def _there_or_made(self, kind: str, expected: str, body: Callable[[], dict[str, Any]]) -> str:
        """The id of an object: as an earlier try was told, as it has to be, or of a new one."""
        path = f"{self._path}/git/{kind}"
        if kind not in self._known:
            there = self._session.get(f"{path}/{expected}", none_for=(404, 409, 422)) is not None
            self._known[kind] = expected if there else self._made(path, body())
        return self._known[kind]

    def _made(self, path: str, body: dict[str, Any]) -> str:
        return change(self._session, "POST", path, body, wire.object_id)

    def _contents(self, path: str) -> str:
        return f"{self._path}/contents/{quote(path)}"


def _content(payload: Any) -> tuple[bytes, str]:
    if not isinstance(payload, dict) or payload.get("type") != "file":
        raise UnusableFile("there is no plain file in its place")
    if payload.get("encoding") == "none":
        raise UnusableFile("it is larger than GitHub gives out")
    return wire.file_content(payload)


def _first_tree() -> dict[str, Any]:
    entry = {"path": "README.md", "mode": "100644", "type": "blob", "content": README}
    return {"tree": [entry]}
