"""Hub files that lie where nobody looks for them. Pure.

A list of a pull request's files may be cut, so this finds what is there and proves nothing of
what is not: it helps people, and guards nothing.
"""

from collections.abc import Iterable

from provisioner.desired.finding import finding_of
from provisioner.desired.read.file_names import claimed_hub
from provisioner.desired.read.load import load
from provisioner.desired.read.source import source_of
from provisioner.desired.wording.advice import Advice
from provisioner.desired.wording.words import shown
from provisioner.models.finding import Finding
from provisioner.models.remote import ChangedFile

MOST_READ = 3
_OTHERS = (".github/", "provisioner/", "schemas/", "tests/", "docs/", "hubs/")
_ENDINGS = (".yaml", ".yml", ".txt", ".yaml.txt")
_KEYS = ({"apps", "name"}, {"apps", "maintainers"}, {"name", "maintainers"})


def candidates(files: Iterable[ChangedFile]) -> list[ChangedFile]:
    """The files outside the folder that may be meant as a hub's, the first few of them."""
    meant = (
        file
        for file in files
        if file.status != "removed"
        and not file.path.startswith(_OTHERS)
        and file.path.lower().endswith(_ENDINGS)
    )
    return sorted(meant, key=lambda file: file.path)[:MOST_READ]


def misplaced(path: str, data: bytes) -> Finding | None:
    """The finding for a file that holds what a hub file holds; None for any other."""
    document = load(source_of(path, data))
    keys = set(document.data or {})
    if not any(wanted <= keys for wanted in _KEYS):
        return None
    hub = claimed_hub(path.rsplit("/", 1)[-1])
    advice = Advice(
        "wrong-place",
        f"{shown(path)} looks like a hub file, and nobody will find it there",
        f"move it to `hubs/{hub}.yaml`: open it, choose the pencil, and write `hubs/` before its "
        "name",
    )
    return finding_of(advice)
