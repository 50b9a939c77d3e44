"""A pull request's hub files, judged among all others of the network. No writes, no world."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from provisioner.desired.authority import authority_findings
from provisioner.desired.catalog import Catalog
from provisioner.desired.names import claimed_hub, is_example
from provisioner.desired.resolve import Desired, desired_of
from provisioner.desired.source import Source, source_of
from provisioner.errors import UnexpectedResponse
from provisioner.models.finding import Finding
from provisioner.models.remote import ChangedFile

FOLDER = "hubs/"
Fetch = Callable[[str], bytes | None]


@dataclass(frozen=True)
class JudgedFile:
    """One hub file as proposed; without lines where it is removed."""

    hub: str
    path: str
    findings: tuple[Finding, ...]
    lines: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_error)


@dataclass(frozen=True)
class Proposal:
    """What a merge would make desired, and what is wrong with it. `others` belong to no hub."""

    files: tuple[JudgedFile, ...]
    others: tuple[JudgedFile, ...]
    desired: Desired

    @property
    def errors(self) -> int:
        return sum(len(file.errors) for file in (*self.files, *self.others))

    @property
    def outcome(self) -> str:
        """A commit status's description: at most 140 characters are shown."""
        if not self.files and not self.others:
            return "No hub file is changed."
        if self.errors:
            things = "1 thing" if self.errors == 1 else f"{self.errors} things"
            return f"{things} to mend; see the comment."
        return "Every hub file is in order."


def propose(
    base: Sequence[Source],
    changed: Sequence[ChangedFile],
    fetch: Fetch,
    author: str | None,
    catalog: Catalog,
) -> Proposal:
    """Lay the changed files over `base` and judge all. `author` is `None` where nobody is asked.

    `fetch` gives a file's bytes at the proposed commit.
    """
    touched = _touched(changed)
    sources = {_inside(source.path): source for source in base}
    for path, present in touched.items():
        sources.pop(path, None)
        if present:
            sources[path] = _source(path, fetch)
    before = desired_of(base, catalog)
    after = desired_of([sources[path] for path in sorted(sources)], catalog)
    files = [_file(path, before, after, author) for path in touched]
    return Proposal(
        files=tuple(file for file in files if not is_example(_name(file.path))),
        others=tuple(file for file in files if is_example(_name(file.path))),
        desired=after,
    )


def _touched(changed: Iterable[ChangedFile]) -> dict[str, bool]:
    """Each hub file's path, and whether it is there afterwards. A renamed file is two."""
    touched: dict[str, bool] = {}
    for file in changed:
        if file.previous_path and _is_hub_file(file.previous_path):
            touched[file.previous_path] = False
        if _is_hub_file(file.path):
            touched[file.path] = file.status != "removed"
    return dict(sorted(touched.items()))


def _is_hub_file(path: str) -> bool:
    """As in the directory itself: hidden files, Markdown and deeper folders are no hub's."""
    name = path.removeprefix(FOLDER)
    return path != name and "/" not in name and not name.startswith(".") and name[-3:] != ".md"


def _source(path: str, fetch: Fetch) -> Source:
    try:
        data = fetch(path)
    except UnexpectedResponse:
        data = None  # a directory, a symbolic link, or too large to be given
    if data is None:
        problem = Finding(
            code="unreadable",
            message="this is not a plain file of at most 64 KiB",
            hint="put the text itself into the file: no symbolic link, no folder",
        )
        return Source(path, problem=problem)
    return source_of(path, data)


def _file(path: str, before: Desired, after: Desired, author: str | None) -> JudgedFile:
    checked = next((file for file in after.files if _inside(file.path) == path), None)
    hub = claimed_hub(_name(path))
    findings = [*(checked.findings if checked else ())]
    if author is not None and not is_example(_name(path)):
        findings += _authority(hub, before, after, author)
    return JudgedFile(hub, path, tuple(findings), checked.lines if checked else ())


def _authority(hub: str, before: Desired, after: Desired, author: str) -> list[Finding]:
    known = hub in before.hubs or hub in before.broken
    present = before.hubs[hub].maintainers if hub in before.hubs else ()
    proposed = after.hubs[hub].maintainers if hub in after.hubs else None
    network = after.catalog.network.maintainers
    return authority_findings(author, present if known else None, proposed, network)


def _inside(path: str) -> str:
    """A path as it is in the repository, wherever the hubs directory lies on this machine."""
    return FOLDER + _name(path)


def _name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]
