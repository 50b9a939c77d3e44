"""All findings of all hub files at once: the one place where every judge is asked.

No I/O. One file's mistakes never hide another's, and one mistake is told once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from provisioner.desired.boundary import guarded, without_breakers
from provisioner.desired.catalog import Catalog
from provisioner.desired.finding import finding_of
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.read.cover import with_cover
from provisioner.desired.read.file_names import holds_yaml, is_example, name_finding, stem_of
from provisioner.desired.read.load import Document, load, unreadable
from provisioner.desired.read.source import Source
from provisioner.desired.rules.across_hubs import across_findings
from provisioner.desired.rules.leftovers import CODE as LEFTOVER
from provisioner.desired.rules.one_hub import catalog_findings
from provisioner.desired.rules.secrets import CODE as SECRET
from provisioner.desired.rules.secrets import Sighting, sealed_findings, secret_sightings
from provisioner.desired.rules.texts import text_findings
from provisioner.desired.rules.view import SeenHub, see
from provisioner.desired.schema.findings import schema_findings
from provisioner.desired.wording.advice import Advice
from provisioner.hosting.registry import HOSTS
from provisioner.models.finding import Finding

MOST_FINDINGS = 50
_NO_FILE = {"not-found", "not-a-file"}
_SAYS_IT_ALL = {
    SECRET,
    "placeholder",
    LEFTOVER,
    "unknown-app",
    "unknown-variable",
    "missing-variable",
    *(f"host-name-of-{key}" for key in HOSTS),
    "reserved-domain",
    "public-suffix",
    "unknown-ending",
}


def _document(source: Source) -> Document:
    """A file that is not even meant as YAML is not read: its name is finding enough."""
    document = load(source)
    if source.problem is not None or holds_yaml(source.name):
        return document
    return replace(document, data=None, lines=(), findings=())


def _checked(
    hub: SeenHub, names: Sequence[str], across: list[Finding], catalog: Catalog
) -> JudgedFile:
    document = hub.document
    sightings = secret_sightings(hub, catalog)
    by_rules = (
        *(sighting.finding for sighting in sightings if sighting.finding is not None),
        *_about_the_file(document, names),
        *across,
        *catalog_findings(hub, catalog),
        *sealed_findings(hub, catalog),
    )
    by_schema = _not_told(schema_findings(document, "hub", hub.id), by_rules)
    by_text = _not_told(text_findings(document), (*by_rules, *by_schema))
    findings = _bounded(dict.fromkeys((*by_rules, *by_schema, *by_text)))
    return JudgedFile(document, findings, _covered(document, sightings, findings))


def _about_the_file(document: Document, names: Iterable[str]) -> Iterator[Finding]:
    yield from document.findings
    by_name = name_finding(document.name, names)
    if by_name is not None and not any(told.code in _NO_FILE for told in document.findings):
        yield by_name


def _not_told(findings: Iterable[Finding], told: Iterable[Finding]) -> list[Finding]:
    """Without those about a value that a rule, which knows more, has spoken of already."""
    places = {finding.pointer for finding in told if finding.code in _SAYS_IT_ALL}
    places |= {finding.pointer for finding in told if finding.code.startswith("wrong-")}
    return [finding for finding in findings if finding.pointer not in places or not finding.pointer]


def _bounded(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sorted by place; of more than a person can read, the most important."""
    findings = sorted(found, key=_importance)
    kept = sorted(findings[:MOST_FINDINGS], key=_position)
    if len(findings) > MOST_FINDINGS:
        kept.append(_more(len(findings) - MOST_FINDINGS, kept[-1]))
    return tuple(kept)


def _importance(finding: Finding) -> tuple[bool, bool, int, int]:
    return not finding.is_error, finding.code != SECRET, finding.line, finding.column


def _position(finding: Finding) -> tuple[int, int, bool]:
    return finding.line, finding.column, not finding.is_error


def _more(number: int, last: Finding) -> Finding:
    message = f"{number} more findings in this file are not shown"
    return finding_of(Advice("more-findings", message, "fix these first and check again"), last)


def _covered(
    document: Document, sightings: Iterable[Sighting], findings: Iterable[Finding]
) -> tuple[str, ...]:
    """The lines with a mark in place of every character of a secret, so that columns stay true."""
    marks = [sighting.mark for sighting in sightings if sighting.is_secret]
    told = {sighting.finding for sighting in sightings}
    marks += [
        document.value_mark(finding.pointer)
        for finding in findings
        if finding.code == SECRET and finding not in told
    ]
    return with_cover(document.lines, marks)


Across = Callable[[Sequence[SeenHub], Catalog], dict[str, list[Finding]]]
Each = Callable[[SeenHub, Sequence[str], list[Finding], Catalog], JudgedFile]


@dataclass(frozen=True)
class Judges:
    """Who reads a file, who judges all together, and who each by itself."""

    read: Callable[[Source], Document] = _document
    across: Across = across_findings
    each: Each = _checked


def judge(
    sources: Iterable[Source], catalog: Catalog, judges: Judges | None = None
) -> tuple[JudgedFile, ...]:
    """Every file, in the order given. Never raises, whatever the files hold: where a judge breaks
    on a file, that file alone has a finding of it."""
    judges = judges or Judges()
    hubs = [_seen(source, judges) for source in sources]
    names = [hub.document.name for hub in hubs]
    across, blamed = without_breakers(hubs, lambda some: judges.across(some, catalog))
    for number, finding in blamed.items():
        across.setdefault(hubs[number].document.path, []).append(finding)
    return tuple(_judged(hub, names, across, catalog, judges) for hub in hubs)


def _seen(source: Source, judges: Judges) -> SeenHub:
    return guarded(
        lambda: _see(judges.read(source)), lambda finding: _see(unreadable(source, finding))
    )


def _see(document: Document) -> SeenHub:
    name = document.name
    return see(document, stem_of(name).removeprefix("_"), is_example(name))


def _judged(
    hub: SeenHub,
    names: Sequence[str],
    across: dict[str, list[Finding]],
    catalog: Catalog,
    judges: Judges,
) -> JudgedFile:
    document = hub.document
    return guarded(
        lambda: judges.each(hub, names, across.get(document.path, []), catalog),
        lambda finding: _unreadable_file(document, finding),
    )


def _unreadable_file(document: Document, finding: Finding) -> JudgedFile:
    """No line of it: where its secrets stand is not known."""
    return JudgedFile(unreadable(Source(document.path), finding), (finding,))
