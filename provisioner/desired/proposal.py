"""A pull request's hub files, judged among all others of the network. No writes, no world.

What changes is told by the trees' entries, and an entry's mode says what it is: nothing follows
a link here.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from provisioner.desired.catalog import Catalog
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.pull_request import (
    MOST_ASKED,
    OwnersOf,
    conflict,
    foreign_accounts,
    of_the_folder,
    too_many,
)
from provisioner.desired.read.file_names import FOLDER, is_candidate
from provisioner.desired.read.load import absent
from provisioner.desired.read.source import Source, source_of_entry
from provisioner.desired.resolve import Desired, desired_of
from provisioner.desired.rules.authority import authority_findings, is_network_maintainer
from provisioner.models.change import MergeEffect, Owners
from provisioner.models.finding import Finding
from provisioner.models.journal import Person
from provisioner.models.remote import TreeEntry

Fetch = Callable[[str], bytes]
"""The bytes of a file, by its id in the tree."""


@dataclass(frozen=True)
class Proposal:
    """What a merge would make desired, and what is wrong with it.

    `others` belong to no hub: examples. `general` is wrong with the pull request as a whole.
    `owners` says whose a file is, by its path, where its author was asked for.
    """

    files: tuple[JudgedFile, ...]
    others: tuple[JudgedFile, ...]
    general: tuple[Finding, ...]
    before: Desired
    after: Desired
    owners: Mapping[str, Owners] = field(default_factory=dict)

    def owners_of(self, file: JudgedFile) -> Owners:
        return self.owners.get(file.path, Owners())

    @property
    def errors(self) -> int:
        findings = [finding for file in (*self.files, *self.others) for finding in file.findings]
        return sum(finding.is_error for finding in (*findings, *self.general))

    @property
    def outcome(self) -> str:
        """A commit status's description: at most 140 characters are shown."""
        if self.errors:
            things = "1 thing" if self.errors == 1 else f"{self.errors} things"
            return f"{things} to fix; see the comment."
        if not self.files and not self.others:
            return "No hub file is changed."
        return "Every hub file is in order."


def propose(
    base: Sequence[Source],
    effect: MergeEffect,
    fetch: Fetch,
    author: Person | None,
    owners_of: OwnersOf,
    catalog: Catalog,
    general: Iterable[Finding] = (),
    authored: Collection[str] | None = None,
) -> Proposal:
    """Lay the changed files over `base` and judge all. `author` is `None` where nobody is asked.

    `authored` are the names that the author changes, where others' changes stand beside them.

    Of more files than may be changed at once none is fetched: one finding says so.
    """
    before = desired_of(base, catalog)
    owners_of = _with_the_networks_people(owners_of, before, author)
    changed = [name for name in effect.changed if name and is_candidate(name)]
    findings = [*general, *of_the_folder(effect), *conflict(effect)]
    alone = author if authored is None else None
    if excess := too_many(changed, alone, catalog, owners_of):
        return Proposal((), (), (*findings, excess), before, before)
    sources = _laid_over(base, effect.after, changed, fetch)
    after = desired_of(sources, catalog)
    own = changed if authored is None else authored
    files = [_file(FOLDER + name, after) for name in changed]
    owners: dict[str, Owners] = {}
    if author is not None:
        asked = [file for file in files if file.name in own and not file.is_example]
        owners = {file.path: _owners(file.hub, before, owners_of) for file in asked}
        files = [_of_author(author, file, owners, before, after, owners_of) for file in files]
    return Proposal(
        files=tuple(file for file in files if not file.is_example),
        others=tuple(file for file in files if file.is_example),
        general=tuple(findings),
        before=before,
        after=after,
        owners=owners,
    )


def _laid_over(
    base: Sequence[Source], after: Mapping[str, TreeEntry], changed: Sequence[str], fetch: Fetch
) -> list[Source]:
    sources = {source.name: source for source in base}
    for name in changed:
        sources.pop(name, None)
        if name in after:
            sources[name] = source_of_entry(FOLDER + name, after[name], fetch)
    return [sources[name] for name in sorted(sources)]


def _file(path: str, after: Desired) -> JudgedFile:
    found = (file for file in after.files if file.path == path)
    return next(found, JudgedFile(absent(path)))


def _of_author(
    author: Person,
    file: JudgedFile,
    asked: Mapping[str, Owners],
    before: Desired,
    after: Desired,
    owners_of: OwnersOf,
) -> JudgedFile:
    """With what its author may not do, where that is asked."""
    owners = asked.get(file.path)
    if owners is None:
        return file
    hub = after.hubs.get(file.hub)
    found = [*authority_findings(author, owners, hub.maintainers if hub else None)]
    if hub is not None and not is_network_maintainer(author, owners):
        found += foreign_accounts(hub, before, author, owners_of)
    return replace(file, findings=(*file.findings, *found))


def _owners(hub: str, before: Desired, owners_of: OwnersOf) -> Owners:
    known = hub in before.hubs or hub in before.broken
    present = before.hubs[hub].maintainers if hub in before.hubs else ()
    network = before.catalog.network.maintainers
    return owners_of(hub).model_copy(
        update={"present": present if known else None, "network": network}
    )


def _with_the_networks_people(
    owners_of: OwnersOf, before: Desired, author: Person | None
) -> OwnersOf:
    """A name without a journal knows no numbers of the network's people: other hubs' journals do.

    Asked only for an author who has the login of one of them.
    """
    network = before.catalog.network.maintainers
    if author is None or author.login.lower() not in {login.lower() for login in network}:
        return owners_of

    @cache
    def recorded() -> tuple[Person, ...]:
        known = (owners_of(hub).recorded_network for hub in sorted(before.hubs)[:MOST_ASKED])
        return next(filter(None, known), ())

    def owners(hub: str) -> Owners:
        found = owners_of(hub)
        if found.recorded_network:
            return found
        return found.model_copy(update={"recorded_network": recorded()})

    return owners
