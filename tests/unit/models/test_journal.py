"""A hub's journal when a run follows another: the older one is kept in short."""

from datetime import UTC, datetime
from typing import Any

import pytest

from provisioner.models.journal import (
    MOST_PAST_RUNS,
    MOST_RETIRED,
    VERSION,
    HubJournal,
    Lease,
    PastRun,
    Retired,
)
from provisioner.models.plan import Resource
from provisioner.models.run import AppRecord, Run, RunState

NOW = datetime(2026, 3, 3, tzinfo=UTC)
LEASE = Lease(holder="machine:1", expires_at=NOW)


def project(name: str) -> Resource:
    return Resource(kind="project", name=name)


def app(id: str, *names: str) -> AppRecord:
    resources = tuple(project(name) for name in names or (f"nairobi--{id}",))
    return AppRecord(id=id, app="docs-site", resources=resources)


def run(id: str, *apps: AppRecord, **more: Any) -> Run:
    fields: dict[str, Any] = {"state": RunState.COMPLETED, "digest": "d", "started_at": NOW, **more}
    return Run(id=id, hub="nairobi", title="Nairobi", apps=apps, **fields)


def journal(*apps: AppRecord, **more: Any) -> HubJournal:
    return HubJournal(hub="nairobi", run=run("first", *apps), **more)


def retired(found: HubJournal) -> list[str]:
    return [item.id for item in found.retired]


class TestRuns:
    def test_the_same_run_is_replaced_and_none_archived(self) -> None:
        before = journal(lease=LEASE)
        after = before.followed_by(run("first", state=RunState.WAITING))
        assert (after.run.state, after.history, after.lease) == (RunState.WAITING, (), None)

    def test_another_run_is_the_newest_and_the_older_kept_in_short(self) -> None:
        older = run("first", commit="c0ffee", pull_request=12, ended_at=NOW)
        before = HubJournal(hub="nairobi", run=older)
        after = before.followed_by(run("second"), LEASE)
        assert (after.run.id, after.lease) == ("second", LEASE)
        assert after.history == (
            PastRun(
                id="first",
                state=RunState.COMPLETED,
                digest="d",
                commit="c0ffee",
                pull_request=12,
                started_at=NOW,
                ended_at=NOW,
            ),
        )

    @pytest.mark.parametrize("state", [RunState.WAITING, RunState.FAILED, RunState.RUNNING])
    def test_one_that_had_not_come_to_its_end_is_superseded(self, state: RunState) -> None:
        before = HubJournal(hub="nairobi", run=run("first", state=state))
        (past,) = before.followed_by(run("second")).history
        assert past.state is RunState.SUPERSEDED

    def test_the_newest_come_first_and_so_many_are_kept(self) -> None:
        found = journal()
        for number in range(MOST_PAST_RUNS + 2):
            found = found.followed_by(run(str(number)))
        assert len(found.history) == MOST_PAST_RUNS
        assert [past.id for past in found.history[:2]] == ["50", "49"]

    def test_whose_the_hub_is_stays_as_it_was(self) -> None:
        before = journal(seals_since=NOW)
        assert before.followed_by(run("second")).seals_since == NOW


class TestRetired:
    def test_what_an_app_made_that_is_no_longer_listed_stays_known(self) -> None:
        after = journal(app("docs"), app("bot")).followed_by(run("second", app("bot")))
        assert after.retired == (Retired(id="docs", resources=(project("nairobi--docs"),)),)

    def test_an_app_that_comes_back_is_not_retired_any_more(self) -> None:
        gone = journal(app("docs")).followed_by(run("second"))
        assert retired(gone) == ["docs"]
        assert retired(gone.followed_by(run("third", app("docs")))) == []

    def test_what_another_app_has_taken_over_is_no_longer_the_former_ones(self) -> None:
        before = journal(app("docs", "shared", "own"))
        (item,) = before.followed_by(run("second", app("wiki", "shared"))).retired
        assert item.resources == (project("own"),)
        assert (
            journal(app("docs", "shared")).followed_by(run("second", app("wiki", "shared"))).retired
            == ()
        )

    def test_the_same_name_of_another_kind_is_something_else(self) -> None:
        item = Retired(id="docs", resources=(project("a"),))
        assert item.without({("repository", "a")}) == item
        assert item.without({("project", "a")}).resources == ()

    def test_the_latest_come_first_and_so_many_are_kept(self) -> None:
        found = journal(app("a0"))
        for number in range(1, MOST_RETIRED + 3):
            found = found.followed_by(run(str(number), app(f"a{number}")))
        assert len(found.retired) == MOST_RETIRED
        assert retired(found)[:2] == ["a51", "a50"]

    def test_an_app_that_is_retired_again_is_known_by_what_it_had_last(self) -> None:
        found = journal(app("docs", "old")).followed_by(run("second"))
        found = found.followed_by(run("third", app("docs", "new"))).followed_by(run("fourth"))
        assert found.retired == (Retired(id="docs", resources=(project("new"),)),)


def test_the_form_has_the_version_that_older_journals_are_brought_to() -> None:
    assert (VERSION, journal().version) == (5, 5)
