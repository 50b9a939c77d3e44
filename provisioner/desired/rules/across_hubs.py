"""Rules across all hub files: what two hubs cannot both have. Pure.

Where two files claim the same thing, each gets the finding: the program does
not know who was first and does not choose. Examples (`_….yaml`) claim nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from provisioner.desired.catalog import Catalog
from provisioner.desired.rules.leftovers import leftover_findings
from provisioner.desired.rules.others_accounts import account_findings
from provisioner.desired.rules.view import SeenApp, SeenHub, sealed_text
from provisioner.desired.wording.advice import Advice
from provisioner.desired.wording.words import shown
from provisioner.models.catalog import CopyMethod
from provisioner.models.finding import Finding, Severity
from provisioner.secrets.sealing import canonical, key_id_within


@dataclass(frozen=True)
class Claim:
    """One hub's claim to something, and where it stands."""

    hub: SeenHub
    app: SeenApp
    pointer: str

    @property
    def path(self) -> str:
        return self.hub.document.path

    @property
    def line(self) -> int:
        return self.hub.document.value_mark(self.pointer).line

    def seen_from(self, other: "Claim") -> str:
        if other.path == self.path:
            return f"in line {self.line}"
        return f"in `{self.path}`, line {self.line}"


Found = Iterator[tuple[str, Finding]]
"""The path of a file, and a finding for it."""


def across_findings(hubs: Sequence[SeenHub], catalog: Catalog) -> dict[str, list[Finding]]:
    """What the hub files say against each other, by path."""
    findings: dict[str, list[Finding]] = defaultdict(list)
    real = [hub for hub in hubs if not hub.example]
    rules = (
        _domains(real),
        account_findings(real, catalog.network),
        leftover_findings(hubs, catalog.network),
        _sealed_values(hubs),
        _forks(real, catalog),
    )
    for rule in rules:
        for path, finding in rule:
            findings[path].append(finding)
    return findings


def _domains(hubs: Iterable[SeenHub]) -> Found:
    claims: dict[str, list[Claim]] = defaultdict(list)
    for hub in hubs:
        for app in hub.apps:
            for pointer, host in app.domains:
                claims[host.lower().rstrip(".")].append(Claim(hub, app, pointer))
    for host, rivals in claims.items():
        for claim, other in _rivalry(rivals):
            advice = Advice(
                "domain-twice" if claim.path == other.path else "domain-taken",
                f"{shown(host)} is already asked for {other.seen_from(claim)}",
                "one name can lead to one app only: choose another, or remove one of the two",
            )
            yield _finding_at(claim, advice)


def _sealed_values(hubs: Iterable[SeenHub]) -> Found:
    """A sealed value opens at one place, so a second place must be a copy, as of the example."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for hub in hubs:
        for app in hub.apps:
            for name, value in (app.env or {}).items():
                sealed = sealed_text(value) or ""
                if key_id_within(sealed):
                    claims[canonical(sealed)].append(
                        Claim(hub, app, f"{app.variable(name)}/sealed")
                    )
    for rivals in claims.values():
        for claim, other in _rivalry(rivals):
            if claim.hub.example and claim.path != other.path:
                continue
            name = claim.pointer.split("/")[4]
            command = claim.app.place(claim.hub.id, name).seal_command
            advice = Advice(
                "sealed-elsewhere",
                f"this sealed value also stands {other.seen_from(claim)}, and it opens at one "
                "place only",
                f"seal the secret for this place with `{command}`",
            )
            yield _finding_at(claim, advice)


def _forks(hubs: Iterable[SeenHub], catalog: Catalog) -> Found:
    """One owner holds one fork of a repository (docs.github.com: rest/repos/forks), so the second
    becomes a template copy. What the source's own owner may hold, only GitHub's answer tells."""
    claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for hub in hubs:
        owner = hub.owner or catalog.network.owner
        for app in hub.apps:
            entry = catalog.entries.get(app.app or "")
            if entry is None or entry.app.copy_method is not CopyMethod.FORK:
                continue
            if entry.app.source.partition("/")[0].lower() != owner.lower():
                claims[owner.lower(), entry.app.source].append(
                    Claim(hub, app, f"{app.pointer}/app")
                )
    for (owner, source), rivals in claims.items():
        for claim, other in _rivalry(rivals):
            advice = Advice(
                "second-fork",
                f"{shown(owner)} can hold one fork of `{source}`, and one is also asked for "
                f"{other.seen_from(claim)}; the later one will be a copy without a link to the "
                "source",
                "nothing to do if that is fine; else name another `github: {owner: …}`",
                Severity.WARNING,
            )
            yield _finding_at(claim, advice)


def _rivalry(claims: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Each claim with one other. Within one file only the later ones are told."""
    first_of: dict[str, Claim] = {}
    for claim in claims:
        first_of.setdefault(claim.path, claim)
    two_files = list(first_of.values())[:2]
    for claim in claims:
        abroad = next((first for first in two_files if first.path != claim.path), None)
        own_first = first_of[claim.path]
        if abroad is not None or claim is not own_first:
            yield claim, abroad or own_first


def _finding_at(claim: Claim, advice: Advice) -> tuple[str, Finding]:
    return claim.path, claim.hub.document.finding_at_value(claim.pointer, advice)
