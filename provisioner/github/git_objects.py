"""The ids that git gives to objects, so that what is always the same can be asked for by its id.

Pure: sends nothing. The forms are git's own (git-scm.com: git internals, git objects).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Signature:
    """Who made a commit, and when; a time in UTC."""

    name: str
    email: str
    when: datetime

    @property
    def line(self) -> str:
        return f"{self.name} <{self.email}> {int(self.when.timestamp())} +0000"

    @property
    def as_json(self) -> dict[str, str]:
        date = self.when.strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"name": self.name, "email": self.email, "date": date}


def object_id(kind: str, data: bytes) -> str:
    head = f"{kind} {len(data)}\0".encode()
    return hashlib.sha1(head + data, usedforsecurity=False).hexdigest()


def tree_of_one_file(name: str, content: bytes) -> str:
    """The id of a tree that holds nothing but this plain file."""
    blob = bytes.fromhex(object_id("blob", content))
    return object_id("tree", f"100644 {name}\0".encode() + blob)


def first_commit(tree: str, by: Signature, message: str) -> str:
    """The id of a commit without parents, by one person who is its author and committer."""
    text = f"tree {tree}\nauthor {by.line}\ncommitter {by.line}\n\n{message}"
    return object_id("commit", text.encode())
