"""What stands in the repository at a commit, entry by entry, and what lies between two commits.

A tree says what each entry really is; the contents API follows a symbolic link and answers with
the target's bytes. A tree that GitHub had to cut is an error, never a shorter tree: a list that
may be cut proves nothing (docs.github.com: rest/git/trees). One call each, no retries.
"""

from typing import Any
from urllib.parse import quote

from provisioner.answers import Call, part, unexpected
from provisioner.github import wire
from provisioner.github.reading import read
from provisioner.github.session import SERVICE, GitHubSession
from provisioner.models.remote import Comparison, Tree, WrittenCommit


class Trees:
    """Looks only. Safe to repeat."""

    def __init__(self, session: GitHubSession, full_name: str) -> None:
        self._session = session
        self._path = f"/repos/{full_name}"

    def tree(self, name: str) -> Tree:
        """The entries of a tree, by its own id or a commit's; not those of its folders.

        Raises `UnexpectedResponse` where GitHub shows a part of them only.
        """
        path = f"{self._path}/git/trees/{quote(name)}"
        tree = read(self._session, path, wire.tree)
        if tree is None:
            raise unexpected(Call(SERVICE, "GET", f"GET {path}"), "a tree that was cut")
        return tree

    def blob(self, sha: str) -> bytes:
        """The bytes of a file, by its id in a tree."""
        return read(self._session, f"{self._path}/git/blobs/{quote(sha)}", wire.blob)

    def commit(self, sha: str) -> WrittenCommit:
        """A commit's parents and tree, as git has them."""
        return read(self._session, f"{self._path}/git/commits/{quote(sha)}", wire.written_commit)

    def comparison(self, base: str, head: str) -> Comparison:
        """Where two commits, or a branch and a commit, parted.

        The second page of one is asked for, because the first carries the files, of which GitHub
        lists 300 at most: nobody may rely on them (docs.github.com: rest/commits, compare).
        """
        path = f"{self._path}/compare/{quote(base, safe='')}...{quote(head, safe='')}"
        params: dict[str, Any] = {"per_page": 1, "page": 2}
        return read(self._session, path, _comparison, **params)


def _comparison(payload: Any) -> Comparison:
    return Comparison(
        base=part(payload, "base_commit", "sha"),
        merge_base=part(payload, "merge_base_commit", "sha"),
    )
