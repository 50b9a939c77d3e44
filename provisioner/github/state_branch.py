"""The journal's files on a branch of the network's repository.

Each write names the file's blob that was read, so that a lost race is refused
(409, or 422 when two writers create the file) and never overwrites. GitHub also
answers 409 when another file's write moved the branch meanwhile: the caller
reads again and repeats (docs.github.com: rest/repos/contents).
"""

import base64
from typing import Any
from urllib.parse import quote

from provisioner.errors import RemoteError, UnusableFile
from provisioner.github import wire
from provisioner.github.reading import change, fetch
from provisioner.github.session import GitHubSession

BRANCH = "provisioner-state"
FIRST = "Begin the journal"
README = (
    "# The provisioner's journal\n\n"
    "One file a hub: what was intended, tried and seen. Written by the provisioner;\n"
    "please do not edit it by hand. It holds no secrets.\n"
)


class StateBranch:
    """Files with compare-and-swap. `version` is a file's blob id; `None` means no file."""

    def __init__(self, session: GitHubSession, full_name: str) -> None:
        self._session = session
        self._path = f"/repos/{full_name}"

    def read(self, path: str) -> tuple[bytes, str] | None:
        """The file and its version, or `None` where there is no file or no branch.

        Raises `UnusableFile` for a folder or link, and for more than GitHub gives (1 MB).
        """
        return fetch(self._session, self._contents(path), _content, ref=BRANCH)

    def names(self, folder: str) -> list[str]:
        """The files directly in `folder`. GitHub lists 1,000 entries and says of no more."""
        path = self._contents(folder)
        return fetch(self._session, path, wire.whole_folder, ref=BRANCH) or []

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
        try:
            return self._put(path, body)
        except RemoteError as error:
            if error.status != 404:
                raise
        self._ensure_branch()  # 404: there is none yet, or the token may not write
        return self._put(path, body)

    def _put(self, path: str, body: dict[str, Any]) -> str | None:
        try:
            return change(self._session, "PUT", self._contents(path), body, wire.blob_written)
        except RemoteError as error:
            if error.status == 409 or (error.status == 422 and "sha" not in body):
                return None
            raise

    def _ensure_branch(self) -> None:
        """Make the branch, without history of its own, unless it is there."""
        reference = f"{self._path}/git/ref/heads/{BRANCH}"
        if self._session.get(reference, none_for=(404, 409)) is not None:
            return
        entry = {"path": "README.md", "mode": "100644", "type": "blob", "content": README}
        tree = self._made("trees", {"tree": [entry]})
        commit = self._made("commits", {"message": FIRST, "tree": tree, "parents": []})
        body = {"ref": f"refs/heads/{BRANCH}", "sha": commit}
        try:
            self._session.send("POST", f"{self._path}/git/refs", body)
        except RemoteError as error:
            if error.status != 422:  # another writer made it first
                raise

    def _made(self, kind: str, body: dict[str, Any]) -> str:
        return change(self._session, "POST", f"{self._path}/git/{kind}", body, wire.object_id)

    def _contents(self, path: str) -> str:
        return f"{self._path}/contents/{quote(path)}"


def _content(payload: Any) -> tuple[bytes, str]:
    if not isinstance(payload, dict) or payload.get("type") != "file":
        raise UnusableFile("there is no plain file in its place")
    if payload.get("encoding") == "none":
        raise UnusableFile("it is larger than GitHub gives out")
    return wire.file_content(payload)
