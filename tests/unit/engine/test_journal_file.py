"""What a journal's file may hold: what we wrote is read back, all else is said to be wrong."""

import json
from pathlib import Path

import pytest

from provisioner.engine.journal_file import LeaveAlone, understood
from provisioner.engine.limits import MOST_BYTES_READ, written
from provisioner.models.journal import VERSION, Retired
from provisioner.models.run import AppRecord
from tests.unit.engine.hostile import BROKEN, GOOD, good, newer


def test_a_good_journal_is_understood_and_written_as_it_was() -> None:
    journal = understood(good(), "nairobi")

    assert journal.run.id == "nairobi-1"
    assert understood(written(journal), "nairobi") == journal


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_a_value_error_that_says_so_in_few_words(what: str) -> None:
    with pytest.raises(ValueError, match=r"^it ") as raised:
        understood(BROKEN[what], "nairobi")

    assert not isinstance(raised.value, LeaveAlone)
    assert type(raised.value) is ValueError
    assert len(str(raised.value)) < 400


@pytest.mark.parametrize("version", [VERSION + 1, VERSION + 2, 9_999])
def test_a_newer_journal_is_no_broken_one(version: int) -> None:
    with pytest.raises(LeaveAlone, match=str(version)) as raised:
        understood(newer(version), "nairobi")

    assert "up to date" in raised.value.remedy


def test_a_newer_journal_may_be_larger_than_ours() -> None:
    document = json.dumps({**GOOD, "version": VERSION + 1, "more": "x" * 9_000}).encode()

    with pytest.raises(LeaveAlone):
        understood(document, "nairobi")


@pytest.mark.parametrize("version", [1, 2])
def test_older_journals_are_still_understood(version: int) -> None:
    document = json.dumps({**GOOD, "version": version}).encode()

    assert understood(document, "nairobi").version == VERSION


VERSION_4 = Path(__file__).parent / "version_4"
"""Journals that the version before wrote: a hub that is live, one that moves, one that has."""


@pytest.mark.parametrize(
    ("name", "projects"),
    [
        ("live", ["vercel:nairobi-commons/nairobi--docs", "vercel:nairobi-commons/nairobi--bot"]),
        (
            "moving",
            [
                "vercel:nairobi-new/nairobi--docs",
                "vercel:nairobi-commons/nairobi--docs",
                "vercel:nairobi-commons/nairobi--bot",
            ],
        ),
        (
            "moved",
            [
                "vercel:nairobi-new/nairobi--docs",
                "vercel:nairobi-commons/nairobi--docs",
                "vercel:nairobi-commons/nairobi--bot",
            ],
        ),
    ],
)
def test_a_project_of_a_journal_that_names_no_host_is_at_the_one_that_there_was(
    name: str, projects: list[str]
) -> None:
    content = (VERSION_4 / f"{name}.json").read_bytes()
    journal = understood(content, "nairobi")
    records: list[AppRecord | Retired] = [*journal.run.apps, *journal.retired]
    resources = [item for record in records for item in record.resources]

    assert sorted(item.name for item in resources if item.kind == "project") == sorted(projects)
    others = sorted(item.name for item in resources if item.kind != "project")
    before = json.loads(content)
    listed = [*before["run"]["apps"], *before["retired"]]
    was = [item for record in listed for item in record["resources"]]
    assert others == sorted(item["name"] for item in was if item["kind"] != "project")


@pytest.mark.parametrize(
    "document",
    [
        {"run": None},
        {"run": {"apps": 5}},
        {"run": {"apps": [5, {"resources": 5}, {"resources": [5, {"kind": "project"}]}]}},
        {"retired": {"a": 1}},
    ],
)
def test_what_is_no_journal_of_an_older_version_is_told_as_such(document: object) -> None:
    broken = {**GOOD, **document, "version": 4} if isinstance(document, dict) else {}

    with pytest.raises(ValueError, match=r"^it "):
        understood(json.dumps(broken).encode(), "nairobi")


@pytest.mark.parametrize("name", [None, 5, True, ["nairobi/nairobi--docs"], {"a": 1}])
def test_a_project_without_a_name_gets_none_by_becoming_newer(name: object) -> None:
    app = {"id": "docs", "app": "docs-site", "resources": [{"kind": "project", "name": name}]}
    broken = {**GOOD, "version": 4, "run": {**GOOD["run"], "apps": [app]}}

    with pytest.raises(ValueError, match=r"first at run\.apps\.0\.resources\.0\.name"):
        understood(json.dumps(broken).encode(), "nairobi")


@pytest.mark.parametrize("run", [5, "ab", [1], [["id", "x"]], [[{}, 1]], True, None, ""])
def test_a_first_journal_whose_run_is_none_is_told_as_such(run: object) -> None:
    broken = {**GOOD, "version": 1, "run": run}

    with pytest.raises(ValueError, match="it is not as the provisioner writes it, first at run"):
        understood(json.dumps(broken).encode(), "nairobi")


def test_the_lease_of_a_first_journal_is_the_hubs() -> None:
    lease = {"holder": "actions:1:1:apply:7", "expires_at": "2026-01-01T00:05:00Z"}
    first = {**GOOD, "version": 1, "run": {**GOOD["run"], "lease": lease}}

    found = understood(json.dumps(first).encode(), "nairobi").lease

    assert found is not None
    assert found.holder == "actions:1:1:apply:7"


def test_a_number_that_no_version_will_have_is_no_newer_one() -> None:
    with pytest.raises(ValueError, match=r"^it ") as raised:
        understood(json.dumps({**GOOD, "version": 10_000}).encode(), "nairobi")

    assert not isinstance(raised.value, LeaveAlone)


def test_as_many_bytes_as_are_read_may_be_used_and_no_more() -> None:
    full = good().ljust(MOST_BYTES_READ)

    assert understood(full, "nairobi").hub == "nairobi"
    with pytest.raises(ValueError, match="more than 1000000 bytes"):
        understood(full + b" ", "nairobi")
