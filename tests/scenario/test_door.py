"""A merge that got past the required check is not applied by itself."""

import json
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import pytest
from click.testing import CliRunner

from provisioner.commands.admitting import MOST_AT_THE_DOOR, let_in
from provisioner.commands.plan import plan as plan_command
from provisioner.commands.planning import Candidate
from provisioner.engine.journal import Entry
from provisioner.errors import ProvisionerError
from provisioner.github.door import Door
from provisioner.models.run import RunState
from provisioner.sandbox.github.merging import Method
from provisioner.wiring import Wiring
from tests.scenario.door import EDITED, due, merged
from tests.scenario.gate import FILE, Gate
from tests.scenario.network import DOCS, PLAIN, Network


@pytest.fixture
def gate(network: Network) -> Gate:
    return Gate(network)


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_what_passed_our_check_is_due(gate: Gate, method: Method) -> None:
    merged(gate, PLAIN, judged=True, method=method)
    assert due(gate) == ["nairobi"]


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_what_was_merged_without_it_is_held(
    gate: Gate, method: Method, capsys: pytest.CaptureFixture[str]
) -> None:
    number = merged(gate, PLAIN, judged=False, method=method)

    assert due(gate) == []
    told = capsys.readouterr().err
    assert f"nairobi is held: pull request {number} was merged although the status" in told


def test_a_check_run_that_only_has_the_name_of_our_status_proves_nothing(gate: Gate) -> None:
    number = gate.propose({FILE: PLAIN}, "mallory")
    session = gate.network.wiring().network._session
    body = {"name": "provisioner/check", "head_sha": gate.sha(number), "conclusion": "success"}
    session.send("POST", "/repos/example-network/hubs/check-runs", body)
    gate.network.sandbox.control.merge_pull_request(number, "squash")
    gate.network.write("nairobi", PLAIN)

    assert due(gate) == []


def test_what_our_check_refused_is_held(gate: Gate) -> None:
    gate.on_main({"nairobi": PLAIN})
    gate.network.apply()
    merged(gate, EDITED, "mallory", judged=True)

    assert due(gate) == []


def test_a_removal_that_was_not_checked_is_held(gate: Gate) -> None:
    merged(gate, PLAIN, judged=True)
    gate.network.apply()
    merged(gate, None, "mallory", judged=True)

    assert due(gate) == []


def test_a_later_success_does_not_make_up_for_an_earlier_merge(gate: Gate) -> None:
    """The file's newest change is what counts."""
    merged(gate, PLAIN, judged=False)
    merged(gate, EDITED, judged=True)
    assert due(gate) == ["nairobi"]


def test_what_was_pushed_without_a_pull_request_is_due_once_github_is_sure(gate: Gate) -> None:
    gate.on_main({"nairobi": PLAIN})

    assert due(gate) == []
    gate.network.clock.advance(timedelta(minutes=11).total_seconds())
    assert due(gate) == ["nairobi"]


def test_a_change_of_the_catalog_needs_no_pull_request_of_the_hub(gate: Gate) -> None:
    merged(gate, PLAIN, judged=True)
    run = gate.network.apply()
    gate.journal("nairobi", run=run.model_copy(update={"digest": "of another catalog"}))

    assert due(gate) == ["nairobi"]


def test_a_person_who_names_the_hub_lets_it_in(gate: Gate, tmp_path: Path) -> None:
    merged(gate, PLAIN, judged=False)
    gate.network.sandbox.control.set_environment(name="provisioner", branches="protected")
    summary = tmp_path / "summary.md"
    environ = {**gate.network.environ, "GITHUB_STEP_SUMMARY": str(summary)}
    arguments = ["--format", "matrix", "--hubs", str(gate.network.directory)]

    runner = CliRunner(env=environ)
    held = runner.invoke(plan_command, ["--due", *arguments])
    named = runner.invoke(plan_command, ["nairobi", *arguments])

    assert json.loads(held.stdout) == {"include": []}
    assert "`nairobi`: pull request 1 was merged although" in summary.read_text()
    assert [one["hub"] for one in json.loads(named.stdout)["include"]] == ["nairobi"]


def test_what_a_person_let_in_needs_nobody_when_only_the_catalog_changes(gate: Gate) -> None:
    merged(gate, PLAIN, judged=False)
    run = gate.network.apply()
    gate.journal("nairobi", run=run.model_copy(update={"digest": "of another catalog"}))

    assert due(gate) == ["nairobi"]


def test_a_look_that_fails_lets_nobody_in(gate: Gate) -> None:
    merged(gate, PLAIN, judged=True)
    fault = {"api": "github", "method": "GET", "path": "*/status", "kind": "status"}
    gate.network.sandbox.control.add_faults([{**fault, "status": 500, "times": 1000}])

    assert due(gate) == []


@pytest.mark.parametrize(
    ("event", "attempt"), [("push", "1"), ("schedule", "2"), ("repository_dispatch", "1")]
)
def test_a_job_that_was_listed_before_does_not_carry_in_what_came_after(
    gate: Gate, event: str, attempt: str
) -> None:
    """It waits for its turn, or for a re-run, and takes the hub file as it then is."""
    network = gate.network
    merged(gate, PLAIN, judged=True)
    assert due(gate) == ["nairobi"]
    merged(gate, EDITED, "mallory", judged=True)
    network.environ |= {"GITHUB_EVENT_NAME": event, "GITHUB_RUN_ATTEMPT": attempt}

    (applied,) = network.try_apply()

    assert applied.run is None
    assert applied.error is not None
    assert "is held" in applied.error.message
    assert network.wiring().journal.read("nairobi").journal is None


def test_a_person_who_asked_for_the_hub_has_it_applied(gate: Gate) -> None:
    network = gate.network
    merged(gate, PLAIN, judged=False)
    network.environ |= {"GITHUB_EVENT_NAME": "workflow_dispatch", "GITHUB_RUN_ATTEMPT": "1"}

    assert network.apply().state is RunState.COMPLETED


def test_a_hub_that_only_wants_to_be_looked_at_again_costs_no_call_at_the_door(
    gate: Gate,
) -> None:
    merged(gate, DOCS, judged=True)
    gate.network.apply()
    gate.network.clock.advance(timedelta(days=1).total_seconds())
    before = len(gate.network.requests())

    assert due(gate) == ["nairobi"]
    assert not [call for call in gate.calls(before) if "/git/trees/" in call.path]


def new_hubs(number: int) -> list[Candidate]:
    names = [f"hub-{n:03}" for n in range(number)]
    return [Candidate(name, Entry(name), "new", changed=True) for name in names]


def test_more_hubs_than_can_be_asked_for_at_once_wait_for_the_next_run(
    gate: Gate, capsys: pytest.CaptureFixture[str]
) -> None:
    found = let_in(gate.network.wiring(), new_hubs(MOST_AT_THE_DOOR + 1))

    assert [item.hub for item in found] == [item.hub for item in new_hubs(MOST_AT_THE_DOOR)]
    assert f"hub-{MOST_AT_THE_DOOR} is held: the next run asks" in capsys.readouterr().err


class BrokenDoor(Wiring):
    """One whose every question ends in `trouble`."""

    trouble: Exception = ZeroDivisionError()

    @cached_property
    def door(self) -> Door:
        raise self.trouble


def broken_door(gate: Gate, trouble: Exception, **environ: str) -> Wiring:
    wiring = BrokenDoor({**gate.network.environ, **environ}, gate.network.clock)
    wiring.trouble = trouble
    return wiring


def test_a_bug_at_the_door_lets_nobody_in_and_stops_nobody_else(gate: Gate) -> None:
    assert let_in(broken_door(gate, ZeroDivisionError()), new_hubs(1)) == []


def test_the_page_of_held_hubs_hides_a_secret_that_its_limit_would_cut_in_two(
    gate: Gate, tmp_path: Path
) -> None:
    secret = gate.network.environ["VERCEL_TOKEN"]
    page = tmp_path / "summary.md"
    for length in range(930, 960):
        trouble = ProvisionerError("x" * length + secret)
        let_in(broken_door(gate, trouble, GITHUB_STEP_SUMMARY=str(page)), new_hubs(1))

    assert "xxx" in page.read_text()
    assert secret[:6] not in page.read_text()
