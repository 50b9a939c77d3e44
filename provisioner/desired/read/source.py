"""Takes files off the disk as bytes, or says why not. Follows no link, understands nothing.

What lies in a hubs directory comes from strangers: a name may belong to a
directory, a link, a pipe or a file of any size. None of these may stop us.
"""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from provisioner.desired.finding import finding_of
from provisioner.desired.read.file_names import is_candidate
from provisioner.desired.wording.advice import Advice
from provisioner.errors import ConfigurationError
from provisioner.models.finding import Finding
from provisioner.models.hub import MAX_FILE_BYTES

if TYPE_CHECKING:  # `check` starts fast: it reads no trees
    from provisioner.models.remote import TreeEntry

KIBIBYTE = 1024


@dataclass(frozen=True)
class Source:
    """A file as bytes, under the path that people see; `problem` if it could not be taken."""

    path: str
    data: bytes = b""
    problem: Finding | None = None

    @property
    def blob(self) -> str:
        """The id that git gives to a file of this content (git-scm.com: git internals, objects)."""
        head = f"blob {len(self.data)}\0".encode()
        return hashlib.sha1(head + self.data, usedforsecurity=False).hexdigest()

    @property
    def name(self) -> str:
        return self.path.replace(os.sep, "/").rsplit("/", 1)[-1]


def read_source(path: Path) -> Source:
    """One file. Never raises for what the file is or is not."""
    shown = os.fsencode(path).decode(errors="replace")
    try:
        return Source(shown, problem=_SYMBOLIC_LINK) if path.is_symlink() else _read(path, shown)
    except FileNotFoundError:
        return Source(shown, problem=_NOT_FOUND)
    except (OSError, ValueError) as error:
        return Source(shown, problem=_unreadable(error))


def _read(path: Path, shown: str) -> Source:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            return Source(shown, problem=_DIRECTORY if stat.S_ISDIR(mode) else _NO_FILE)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return source_of(shown, file.read(MAX_FILE_BYTES + 1))
    finally:
        os.close(descriptor)


def source_of(path: str, data: bytes) -> Source:
    """Bytes that came from elsewhere, such as a pull request, under the same limit."""
    return Source(path, problem=_TOO_LARGE) if len(data) > MAX_FILE_BYTES else Source(path, data)


def read_directory(directory: Path) -> tuple[Source, ...]:
    """All that could be meant as a hub file, by name. Raises if there is no such directory.

    Everything that is not surely something else is looked at, so that a hub file
    with a wrong name is told rather than passed over.
    """
    if directory.is_symlink() or not directory.is_dir():
        raise ConfigurationError(
            f"There is no directory `{directory}` with hub files.",
            "Run this in the network's repository, or name the directory with --hubs.",
        )
    entries = sorted(_entries(directory))
    return tuple(read_source(path) for path in entries if is_candidate(path.name))


def source_of_entry(path: str, entry: "TreeEntry", fetch: Callable[[str], bytes]) -> Source:
    """An entry of a git tree: what is no plain file, or too large, is not fetched."""
    if not entry.is_file:
        return Source(path, problem=_KINDS.get(entry.mode, _NO_FILE))
    if (entry.size or 0) > MAX_FILE_BYTES:
        return Source(path, problem=_TOO_LARGE)
    return source_of(path, fetch(entry.sha))


def _entries(directory: Path) -> list[Path]:
    try:
        return list(directory.iterdir())
    except OSError as error:
        raise ConfigurationError(
            f"The directory `{directory}` cannot be read: {error.strerror}.",
            "Allow this user to read it, or name another directory with --hubs.",
        ) from error


def _unreadable(error: OSError | ValueError) -> Finding:
    reason = getattr(error, "strerror", None) or "its name cannot be used"
    return finding_of(
        Advice(
            "unreadable",
            f"the file cannot be read: {reason}",
            "allow everyone to read the file, or add it again",
        )
    )


_NOT_FOUND = finding_of(
    Advice(
        "not-found",
        "there is no such file",
        "check the path; hub files are named `hubs/<hub>.yaml`",
    )
)
_SYMBOLIC_LINK = finding_of(
    Advice(
        "symbolic-link",
        "this is a symbolic link, not a file",
        "replace the link by the file itself",
    )
)
_DIRECTORY = finding_of(
    Advice(
        "not-a-file",
        "this is a directory, not a file",
        "hub files lie side by side in `hubs`; move the file there and name it `<hub>.yaml`",
    )
)
_SUBMODULE = finding_of(
    Advice(
        "not-a-file",
        "this is a submodule, which leads into another repository",
        "replace it by the file itself",
    )
)
_NO_FILE = finding_of(
    Advice(
        "not-a-file",
        "this is not an ordinary file",
        "replace it by a text file",
    )
)
_TOO_LARGE = finding_of(
    Advice(
        "too-large",
        f"the file is larger than {MAX_FILE_BYTES // KIBIBYTE} KiB, the most a file may have",
        "a hub file has some dozens of lines; remove what does not belong here",
    )
)
_KINDS = {"040000": _DIRECTORY, "120000": _SYMBOLIC_LINK, "160000": _SUBMODULE}
"""What else an entry of a git tree may be, by its mode (git-scm.com: git-fast-import)."""
