"""A pull request's hub files, judged among all others of the network. No writes, no world.

What changes is told by the trees' entries, and an entry's mode says what it is: nothing follows
a link here.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from provisioner.desired.catalog import Catalog
from provisioner.desired.pull_request import (
    MOST_ASKED,
    OwnersOf,
    conflict,
    foreign_accounts,
    of_the_folder,
    too_many,
)
from provisioner.desired.read.file_names import FOLDER, claimed_hub, is_candidate, is_example
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
class JudgedFile:
    """One hub file as proposed; without lines where it is removed."""

    hub: str
    path: str
    findings: tuple[Finding, ...]
    lines: tuple[str, ...] = ()
    owners: Owners = field(default_factory=Owners)

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_error)


@dataclass(frozen=True)
class Proposal:
    """What a merge would make desired, and what is wrong with it.

    `others` belong to no hub: examples. `general` is wrong with the pull request as a whole.
    """

    files: tuple[JudgedFile, ...]
    others: tuple[JudgedFile, ...]
    general: tuple[Finding, ...]
    before: Desired
    after: Desired

    @property
    def errors(self) -> int:
        told = [finding for file in (*self.files, *self.others) for finding in file.findings]
        return sum(finding.is_error for finding in (*told, *self.general))

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
    files = [
        _file(name, before, after, author if name in own else None, owners_of) for name in changed
    ]
    return Proposal(
        files=tuple(file for file in files if not is_example(file.path.removeprefix(FOLDER))),
        others=tuple(file for file in files if is_example(file.path.removeprefix(FOLDER))),
        general=tuple(findings),
        before=before,
        after=after,
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


def _file(
    name: str, before: Desired, after: Desired, author: Person | None, owners_of: OwnersOf
) -> JudgedFile:
    path, hub = FOLDER + name, claimed_hub(name)
    checked = next((file for file in after.files if file.document.name == name), None)
    findings = [*(checked.findings if checked else ())]
    lines = checked.lines if checked else ()
    if author is None or is_example(name):
        return JudgedFile(hub, path, tuple(findings), lines)
    owners = _owners(hub, before, owners_of)
    proposed = after.hubs[hub].maintainers if hub in after.hubs else None
    findings += authority_findings(author, owners, proposed)
    if hub in after.hubs and not is_network_maintainer(author, owners):
        findings += foreign_accounts(after.hubs[hub], before, author, owners_of)
    return JudgedFile(hub, path, tuple(findings), lines, owners)


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
