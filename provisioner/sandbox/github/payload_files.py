"""Files, folders, blobs, trees and references as GitHub's API shows them. Pure functions.

See docs.github.com: rest/repos/contents, rest/git.
"""

import base64

from provisioner.sandbox.github.git import Entry
from provisioner.sandbox.github.payload_basics import Payload, node_id, path_of
from provisioner.sandbox.github.payload_repositories import api_url, html_url
from provisioner.sandbox.github.records import Repository
from provisioner.sandbox.github.state import GitHubWorld


def content_entry(
    github: GitHubWorld, repository: Repository, entry: Entry, path: str, ref: str
) -> Payload:
    """A file or folder without what is in it."""
    url, page, quoted = api_url(github, repository), html_url(github, repository), path_of(path)
    is_folder = entry.kind == "tree"
    self_url = f"{url}/contents/{quoted}?ref={ref}"
    git_url = f"{url}/git/{'trees' if is_folder else 'blobs'}/{entry.sha}"
    page_url = f"{page}/{'tree' if is_folder else 'blob'}/{ref}/{quoted}"
    return {
        "name": path.rsplit("/", 1)[-1],
        "path": path,
        "sha": entry.sha,
        "size": entry.size or 0,
        "url": self_url,
        "html_url": page_url,
        "git_url": git_url,
        "download_url": None if is_folder else f"{page}/raw/{ref}/{quoted}",
        "type": "dir" if is_folder else "symlink" if entry.mode == "120000" else "file",
        "_links": {"self": self_url, "git": git_url, "html": page_url},
    }


def file_content(
    github: GitHubWorld, repository: Repository, entry: Entry, path: str, ref: str
) -> Payload:
    """A file with its bytes, or a symbolic link with where it leads."""
    data = repository.git.blob(entry.sha) or b""
    shown = content_entry(github, repository, entry, path, ref)
    if shown["type"] == "symlink":
        return {**shown, "target": data.decode("utf-8", "replace")}
    return {**shown, "encoding": "base64", "content": _base64(data)}


def submodule_content(
    github: GitHubWorld, repository: Repository, entry: Entry, path: str, ref: str
) -> Payload:
    """A commit of another repository; for its address nobody here has a use."""
    shown = content_entry(github, repository, entry, path, ref)
    return {**shown, "type": "submodule", "submodule_git_url": None}


def blob_payload(github: GitHubWorld, repository: Repository, sha: str, data: bytes) -> Payload:
    return {
        "sha": sha,
        "node_id": node_id("B", sha),
        "size": len(data),
        "url": f"{api_url(github, repository)}/git/blobs/{sha}",
        "content": _base64(data),
        "encoding": "base64",
    }


def tree_payload(
    github: GitHubWorld, repository: Repository, sha: str, *, recursive: bool
) -> Payload:
    """GitHub cuts a tree of very many entries and says so."""
    url = f"{api_url(github, repository)}/git"
    entries = [_tree_entry(url, one) for one in repository.git.entries(sha, recursive=recursive)]
    shown = entries[: github.tree_entries]
    return {
        "sha": sha,
        "url": f"{url}/trees/{sha}",
        "tree": shown,
        "truncated": len(shown) < len(entries),
    }


def _tree_entry(url: str, entry: Entry) -> Payload:
    payload = {"path": entry.path, "mode": entry.mode, "type": entry.kind, "sha": entry.sha}
    if entry.kind == "commit":
        return payload
    if entry.kind == "blob":
        return {**payload, "size": entry.size, "url": f"{url}/blobs/{entry.sha}"}
    return {**payload, "url": f"{url}/trees/{entry.sha}"}


def ref_payload(github: GitHubWorld, repository: Repository, name: str, sha: str) -> Payload:
    """`name` is the full name, such as `refs/heads/main`."""
    url = f"{api_url(github, repository)}/git"
    return {
        "ref": name,
        "node_id": node_id("REF", f"{repository.id}:{name}"),
        "url": f"{url}/{path_of(name)}",
        "object": {"sha": sha, "type": "commit", "url": f"{url}/commits/{sha}"},
    }


def _base64(data: bytes) -> str:
    """In lines of 60, as GitHub sends it."""
    text = base64.b64encode(data).decode()
    return "".join(f"{text[at : at + 60]}\n" for at in range(0, len(text), 60))
