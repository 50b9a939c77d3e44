"""What breaks on one file, though nobody foresaw it, is that file's finding and nobody else's."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from provisioner.desired.boundary import without_breakers
from provisioner.desired.catalog import Catalog
from provisioner.desired.judge import Judges, judge
from provisioner.desired.judged_file import JudgedFile
from provisioner.desired.read.load import Document
from provisioner.desired.read.source import Source, source_of
from provisioner.desired.resolve import desired_of
from provisioner.desired.rules.view import SeenHub
from provisioner.models.finding import Finding
from tests.unit.desired.given import GOOD, hub_with, own_catalog

SECRET = "hunter2hunter2"
ALL = Judges()
SOURCES = (
    source_of("hubs/kisumu.yaml", hub_with().encode()),
    source_of("hubs/bad.yaml", GOOD.replace("Nairobi Commons", SECRET).encode()),
    source_of("hubs/mombasa.yaml", hub_with("domains: [x]").encode()),
)


def breaks(name: str) -> None:
    """As a bug would: the exception holds a part of the file."""
    if name == "bad.yaml":
        raise ValueError(f"cannot judge {SECRET}")


def reading(source: Source) -> Document:
    breaks(source.name)
    return ALL.read(source)


def judging_each(
    hub: SeenHub, names: Sequence[str], across: list[Finding], catalog: Catalog
) -> JudgedFile:
    breaks(hub.document.name)
    return ALL.each(hub, names, across, catalog)


def judging_across(hubs: Sequence[SeenHub], catalog: Catalog) -> dict[str, list[Finding]]:
    for hub in hubs:
        breaks(hub.document.name)
    return ALL.across(hubs, catalog)


def overlooking(
    hub: SeenHub, names: Sequence[str], across: list[Finding], catalog: Catalog
) -> JudgedFile:
    """A judge that misses what the model would not take."""
    file = ALL.each(hub, names, across, catalog)
    if hub.document.name != "bad.yaml":
        return file
    return replace(file, document=ALL.read(Source("hubs/bad.yaml")), findings=())


@pytest.mark.parametrize(
    "judges",
    [
        Judges(read=reading),
        Judges(each=judging_each),
        Judges(across=judging_across),
        Judges(each=overlooking),
    ],
    ids=["reading", "each by itself", "all together", "making it a hub"],
)
def test_a_judge_that_breaks_on_a_file_breaks_that_file_alone(judges: Judges) -> None:
    found = desired_of(SOURCES, own_catalog(), judges)

    kisumu, bad, mombasa = found.files
    assert "cannot-be-read" in {finding.code for finding in bad.errors}
    assert not kisumu.findings
    assert [finding.code for finding in mombasa.findings] == ["wrong-host-name"]
    assert set(found.hubs) == {"kisumu"}
    assert set(found.broken) == {"bad", "mombasa"}


@pytest.mark.parametrize("judges", [Judges(read=reading), Judges(each=judging_each)])
def test_what_is_told_of_it_names_the_kind_of_trouble_and_nothing_of_the_file(
    judges: Judges,
) -> None:
    bad = judge(SOURCES, own_catalog(), judges)[1]
    (finding,) = bad.findings
    assert "(ValueError, desired/judge.py" in finding.message
    assert ".py, line " in finding.message
    assert finding.hint
    assert SECRET not in repr((bad.findings, bad.lines, bad.document))


def test_a_bug_in_the_machine_itself_is_not_a_files_fault() -> None:
    def stopped(source: Source) -> Document:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judge(SOURCES, own_catalog(), Judges(read=stopped))


def test_of_items_that_break_only_together_the_last_is_blamed() -> None:
    def work(items: Sequence[int]) -> int:
        if {3, 5} <= set(items) or 7 in items:
            raise ValueError
        return sum(items)

    value, blamed = without_breakers((1, 5, 2, 7, 3, 4), work)
    assert value == 12
    assert sorted(blamed) == [3, 4]


def test_work_that_breaks_on_nothing_at_all_is_our_own_trouble() -> None:
    def work(items: Sequence[int]) -> int:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - it has no words
        without_breakers((1, 2), work)
