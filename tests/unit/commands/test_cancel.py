"""A run that waits is ended by a person; what was made stays, and others' work is respected."""

import json
from datetime import timedelta
from typing import Any

import pytest

from provisioner.clock import ManualClock
from provisioner.commands.cancel import cancel_run
from provisioner.engine.journal import Entry
from provisioner.engine.lease import Busy
from provisioner.engine.limits import written
from provisioner.errors import ConfigurationError, ProvisionerError, RemoteError
from provisioner.models.journal import Lease
from provisioner.models.run import AppRecord, RunState, StepRecord, StepState
from provisioner.sandbox.server import Sandbox
from provisioner.wiring import Wiring
from tests.unit.answering import Given, answering
from tests.unit.commands.command import run
from tests.unit.commands.hubs import World

DOCS = AppRecord(
    id="docs",
    app="docs-site",
    steps=(
        StepRecord(action="deploy", state=StepState.DONE),
        StepRecord(action="verify-dns", state=StepState.WAITING),
    ),
)


def world(state: RunState = RunState.WAITING, **more: Any) -> World:
    """A hub with a run of one app, on no pull request."""
    here = World("nairobi", environ={"GITHUB_REPOSITORY": "a/b", "GITHUB_TOKEN": "ghs_x"})
    here.record("nairobi", state, apps=[DOCS.model_dump(mode="json")], **more)
    return here


def leased(here: World, seconds: float) -> None:
    """Somebody else has the hub, until so many seconds from now."""
    journal = here.wiring.journal.read("nairobi").journal
    assert journal is not None
    ends = here.clock.now() + timedelta(seconds=seconds)
    held = journal.model_copy(update={"lease": Lease(holder="elsewhere:1", expires_at=ends)})
    here.store.commits.append(("hubs/nairobi.json", written(held)))


@pytest.mark.parametrize("state", [RunState.WAITING, RunState.FAILED, RunState.CANCELLED])
def test_what_was_not_finished_is_cancelled_in_the_journal_and_nothing_wakes_it(
    state: RunState,
) -> None:
    here = world(state, wake_at="2026-01-02T00:00:00Z")

    ended = cancel_run(here.wiring, "nairobi")

    kept = here.wiring.journal.read("nairobi").journal
    assert kept is not None
    assert kept.run == ended
    assert (ended.state, ended.wake_at, kept.lease) == (RunState.CANCELLED, None, None)
    assert [step.state for step in ended.apps[0].steps] == [StepState.DONE, StepState.CANCELLED]


def test_a_run_that_is_completed_is_left_as_it_is() -> None:
    here = world(RunState.COMPLETED)
    commits = len(here.store.commits)

    with pytest.raises(ConfigurationError, match="the run of hub nairobi is completed"):
        cancel_run(here.wiring, "nairobi")

    assert len(here.store.commits) == commits


@pytest.mark.parametrize(
    ("content", "why"), [(None, "nothing is recorded of it"), (b"{", "no run to cancel: ")]
)
def test_where_there_is_no_run_that_is_said(content: bytes | None, why: str) -> None:
    here = World("nairobi")
    if content is not None:
        here.store.commits.append(("hubs/nairobi.json", content))

    with pytest.raises(ConfigurationError, match=why) as refused:
        cancel_run(here.wiring, "nairobi")

    assert ("nothing is recorded" in refused.value.message) is (content is None)


def test_a_journal_of_a_newer_program_is_left_alone() -> None:
    here = World("nairobi")
    newer = json.dumps({"version": 99}).encode()
    here.store.commits.append(("hubs/nairobi.json", newer))

    with pytest.raises(ProvisionerError, match="cannot be used"):
        cancel_run(here.wiring, "nairobi")

    assert here.store.commits == [("hubs/nairobi.json", newer)]


def test_who_is_at_work_on_the_hub_is_not_disturbed_and_who_was_is() -> None:
    here = world()
    leased(here, 60)
    with pytest.raises(Busy):
        cancel_run(here.wiring, "nairobi")

    here.clock.advance(3600)
    assert cancel_run(here.wiring, "nairobi").state is RunState.CANCELLED


def test_its_comment_is_told_and_where_that_fails_the_journal_says_so_all_the_same() -> None:
    with answering(Given(403)) as server:
        here = world(pull_request=12)
        here.wiring.environ = {**here.wiring.environ, "GITHUB_API_URL": server.url}
        with pytest.raises(RemoteError):
            cancel_run(here.wiring, "nairobi")

    kept = here.wiring.journal.read("nairobi").journal
    assert kept is not None
    assert kept.run.state is RunState.CANCELLED


def test_the_command_prints_the_run_as_it_is_then(sandbox: Sandbox) -> None:
    recorded = world().record("nairobi", RunState.WAITING)
    Wiring(sandbox.environment, ManualClock()).journal.write(Entry("nairobi"), recorded, "begin")

    told = run("cancel", "nairobi", stdin=b"", **sandbox.environment)

    assert (told.code, told.err) == (0, "")
    assert "The hub nairobi" in told.out
