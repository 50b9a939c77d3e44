"""A pull request's hub files, judged among all others of the network. No writes, no world.

What changes is told by the trees' entries, and an entry's mode says what it is: nothing follows
a link here.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from provisioner.desired.authority import (
    another_hubs_account,
    authority_findings,
    holds,
    is_network_maintainer,
)
from provisioner.desired.catalog import Catalog
from provisioner.desired.names import claimed_hub, is_candidate, is_example
from provisioner.desired.resolve import Desired, desired_of
from provisioner.desired.review import shared_uses
from provisioner.desired.source import Source, source_of_entry
from provisioner.models.app import DesiredHub
from provisioner.models.change import MergeEffect, Owners
from provisioner.models.finding import Finding
from provisioner.models.journal import Person
from provisioner.models.remote import ChangedFile, TreeEntry

FOLDER = "hubs/"
MOST_FILES = 25
"""Hub files that somebody may change in one pull request who is no network maintainer."""
MOST_BULK = 250
"""Hub files that anybody may change at once: each one costs a call."""
MOST_ELSEWHERE = 20
"""Paths outside the hub files that the reviewer is told."""

Fetch = Callable[[str], bytes]
"""The bytes of a file, by its id in the tree."""
OwnersOf = Callable[[str], Owners]
"""What the journal says of whose hub it is; asked for a name that it may not know."""


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
    findings = [*general, *_of_the_folder(effect), *_conflict(effect)]
    alone = author if authored is None else None
    if too_many := _too_many(changed, alone, catalog, owners_of):
        return Proposal((), (), (*findings, too_many), before, before)
    sources = _laid_over(base, effect.after, changed, fetch)
    after = desired_of(sources, catalog)
    own = changed if authored is None else authored
    files = [
        _file(name, before, after, author if name in own else None, owners_of) for name in changed
    ]
    return Proposal(
        files=tuple(file for file in files if not is_example(_name(file.path))),
        others=tuple(file for file in files if is_example(_name(file.path))),
        general=tuple(findings),
        before=before,
        after=after,
    )


def changed_elsewhere(effect: MergeEffect, listed: Sequence[ChangedFile]) -> tuple[str, ...]:
    """What else changes, for people to read: paths as far as they are listed, and nothing missing:
    of a list that was cut, the names at the top of the repository stand for the rest."""
    paths = [file.path for file in listed if not _is_hubs(file.path)]
    paths += [FOLDER + name for name in effect.changed if name and not _is_hubs(FOLDER + name)]
    told = {path.split("/", 1)[0] for path in paths[:MOST_ELSEWHERE]}
    tops = [f"{name}/…" for name in effect.elsewhere if name not in told]
    return tuple(dict.fromkeys((*paths[:MOST_ELSEWHERE], *tops[:MOST_ELSEWHERE])))


def _is_hubs(path: str) -> bool:
    """Whether a file belongs to a hub, and so has a comment of its own."""
    inside, name = path.startswith(FOLDER), path.removeprefix(FOLDER).split("/", 1)[0]
    return inside and is_candidate(name) and not is_example(name)


def _laid_over(
    base: Sequence[Source], after: Mapping[str, TreeEntry], changed: Sequence[str], fetch: Fetch
) -> list[Source]:
    sources = {_name(source.path): source for source in base}
    for name in changed:
        sources.pop(name, None)
        if name in after:
            sources[name] = source_of_entry(FOLDER + name, after[name], fetch)
    return [sources[name] for name in sorted(sources)]


def _of_the_folder(effect: MergeEffect) -> list[Finding]:
    """`hubs` itself must stay a folder: a link in its place would lead anywhere."""
    if "" not in effect.after:
        return []
    return [
        Finding(
            code="not-a-folder",
            message="this pull request puts something else in the place of the folder `hubs`",
            hint="leave the folder `hubs` as it is, and change files in it",
        )
    ]


def _conflict(effect: MergeEffect) -> list[Finding]:
    if effect.exact:
        return []
    return [
        Finding(
            code="conflict",
            message="this branch conflicts with what was merged meanwhile, so what a merge would "
            "do cannot be told",
            hint="choose `Resolve conflicts` at the end of this page, or begin anew from the "
            "present files",
        )
    ]


def _too_many(
    changed: Sequence[str], author: Person | None, catalog: Catalog, owners_of: OwnersOf
) -> Finding | None:
    """Every file costs calls, of which all jobs of the repository together have a number."""
    real = [name for name in changed if not is_example(name)]
    may = MOST_FILES
    if author is None or (len(real) > MOST_FILES and _is_network(author, catalog, owners_of, real)):
        may = MOST_BULK
    if len(changed) <= may:
        return None
    return Finding(
        code="too-many-files",
        message=f"this pull request changes {len(changed)} hub files; at most {may} are checked "
        "at once",
        hint=f"split it into pull requests of at most {may} hub files each",
    )


def _is_network(
    author: Person, catalog: Catalog, owners_of: OwnersOf, names: Sequence[str]
) -> bool:
    """By what the first hub's journal says of the network's maintainers."""
    recorded = owners_of(claimed_hub(names[0])) if names else Owners()
    network = recorded.model_copy(update={"network": catalog.network.maintainers})
    return is_network_maintainer(author, network)


def _file(
    name: str, before: Desired, after: Desired, author: Person | None, owners_of: OwnersOf
) -> JudgedFile:
    path, hub = FOLDER + name, claimed_hub(name)
    checked = next((file for file in after.files if _name(file.path) == name), None)
    findings = [*(checked.findings if checked else ())]
    lines = checked.lines if checked else ()
    if author is None or is_example(name):
        return JudgedFile(hub, path, tuple(findings), lines)
    owners = _owners(hub, before, owners_of)
    proposed = after.hubs[hub].maintainers if hub in after.hubs else None
    findings += authority_findings(author, owners, proposed)
    if hub in after.hubs and not is_network_maintainer(author, owners):
        findings += _accounts(after.hubs[hub], before, author, owners_of)
    return JudgedFile(hub, path, tuple(findings), lines, owners)


def _accounts(
    hub: DesiredHub, before: Desired, author: Person, owners_of: OwnersOf
) -> Iterator[Finding]:
    """Accounts of other hubs, which the author has to maintain: anybody can write into a new file
    that the two share a maintainer."""
    allowed = before.catalog.network.accounts
    for shared in shared_uses(hub, before):
        listed = {name.lower(): hubs for name, hubs in allowed.items()}
        if hub.id in listed.get(shared.account.name.lower(), ()):
            continue
        known = [owners_of(other) for other in shared.hubs[:_MOST_ASKED]]
        recorded = [person for owners in known for person in owners.recorded]
        if not holds(author, shared.maintainers, recorded):
            yield another_hubs_account(author, shared.account, shared.hubs)


_MOST_ASKED = 3
"""Hubs of an account whose journals are asked for their maintainers' numbers."""


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
        known = (owners_of(hub).recorded_network for hub in sorted(before.hubs)[:_MOST_ASKED])
        return next(filter(None, known), ())

    def owners(hub: str) -> Owners:
        found = owners_of(hub)
        if found.recorded_network:
            return found
        return found.model_copy(update={"recorded_network": recorded()})

    return owners


def _name(path: str) -> str:
    """As git has it: a backslash is a character of the name, and not between two names."""
    return path.rsplit("/", 1)[-1]
