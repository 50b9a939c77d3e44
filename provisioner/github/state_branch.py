"""The journal's files on a branch of the network's repository.

Each write names the file's blob that was read, so that a lost race is refused
(409, or 422 when two writers create the file) and never overwrites. GitHub also
answers 409 when another file's write moved the branch meanwhile: the caller
reads again and repeats (docs.github.com: rest/repos/contents).
"""

import base64
from typing import Any
from urllib.parse import quote

from provisioner.errors import RemoteError
from provisioner.github import wire
from provisioner.github.session import SERVICE, GitHubSession
from provisioner.transport import Call, parsed

BRANCH = "provisioner-state"
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
        """The file and its version, or `None` where there is no file or no branch."""
        where = self._contents(path)
        payload = self._session.get(where, ref=BRANCH)
        if payload is None:
            return None
        return parsed(Call(SERVICE, "GET", f"GET {where}"), payload, wire.file_content)

    def names(self, folder: str) -> list[str]:
        """The files directly in `folder`."""
        payload = self._session.get(self._contents(folder), ref=BRANCH)
        if not isinstance(payload, list):
            return []
        return [str(item["name"]) for item in payload if item.get("type") == "file"]

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
        where = self._contents(path)
        try:
            payload = self._session.send("PUT", where, body)
        except RemoteError as error:
            if error.status == 404 and self._make_branch():
                return self.write(path, content, version, message)
            if error.status == 409 or (error.status == 422 and version is None):
                return None
            raise
        call = Call(SERVICE, "PUT", f"PUT {where}")
        return parsed(call, payload, lambda item: str(item["content"]["sha"]))

    def _make_branch(self) -> bool:
        """Make the branch, without history of its own; true if it exists afterwards."""
        reference = f"{self._path}/git/ref/heads/{BRANCH}"
        if self._session.get(reference, none_for=(404, 409)) is not None:
            return False
        entry = {"path": "README.md", "mode": "100644", "type": "blob", "content": README}
        tree = self._session.send("POST", f"{self._path}/git/trees", {"tree": [entry]})
        commit = self._session.send(
            "POST",
            f"{self._path}/git/commits",
            {"message": "Begin the journal", "tree": tree["sha"], "parents": []},
        )
        body = {"ref": f"refs/heads/{BRANCH}", "sha": commit["sha"]}
        try:
            self._session.send("POST", f"{self._path}/git/refs", body)
        except RemoteError as error:
            if error.status != 422:  # another writer made it first
                raise
        return True

    def _contents(self, path: str) -> str:
        return f"{self._path}/contents/{quote(path)}"
